import type { DataSource, QueryRunner } from 'typeorm';
import type { Clock } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Tx } from '../database/unit-of-work.js';
import { assertKeysMatch, chooseNextKey } from './next-key.js';
import { readKeyRing } from './key-directory.js';
import type { KeyDirectory } from './key-file.js';
import { resealColumn } from './reseal-column.js';
import { keyCheckValue } from './secret-key.js';
import {
  findKnownKeys,
  insertActiveKey,
  lockSecretKeys,
  markRetired,
  readInstallId,
  retireActiveKey,
} from './secret-key.repository.js';
import type { SealedColumn } from './sealed-column.js';
import { Sealer } from './sealer.js';

export interface RotationOptions {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly keys: KeyDirectory;
  readonly columns: readonly SealedColumn[];
}

export type Rotation =
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'rotated';
      readonly activeKeyId: string;
      readonly resealed: number;
      readonly retiredKeyIds: readonly string[];
    }
  /** The old keys are still needed, because of secrets that do not open. */
  | {
      readonly kind: 'unfinished';
      readonly activeKeyId: string;
      readonly resealed: number;
      readonly unopened: number;
    };

const actor = { id: null, name: 'console', sourceAddress: null };
const lockName = 'patchgate secrets rotation';

/**
 * Gives the installation another key, while it serves (SEC-K6): the new key seals from one instant on, what older ones
 * have sealed is sealed anew page by page, and only when nothing of theirs is left are they done with. A rotation that
 * was cut off anywhere is taken up where it was.
 *
 * @throws ConfigError when the keys are not those of the database
 */
export async function rotateSecrets(options: RotationOptions): Promise<Rotation> {
  const runner = options.dataSource.createQueryRunner();
  try {
    if (!(await tryLock(runner))) return { kind: 'busy' };
    try {
      return await rotate(options);
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtext($1))', [lockName]);
    }
  } finally {
    await runner.release();
  }
}

/** Of the session, so that it ends with the process, however that ends. */
async function tryLock(runner: QueryRunner): Promise<boolean> {
  const rows = (await runner.query('SELECT pg_try_advisory_lock(hashtext($1)) AS has', [lockName])) as {
    has: boolean;
  }[];
  return rows[0]?.has ?? false;
}

async function rotate({ dataSource, clock, keys, columns }: RotationOptions): Promise<Rotation> {
  const unitOfWork = new UnitOfWork(dataSource, clock);
  await unitOfWork.run(actor, (tx) => switchKey(tx, keys));
  const { manager } = dataSource;
  const [active, ...retiring] = await findKnownKeys(manager);
  if (!active) throw new Error('the database knows no active key');
  const sealer = new Sealer(await readInstallId(manager), active.id, await readKeyRing(keys));
  let resealed = 0;
  let unopened = 0;
  for (const column of columns) {
    const done = await resealColumn(manager, column, { sealer, activeKeyId: active.id });
    resealed += done.resealed;
    unopened += done.unopened;
  }
  if (unopened > 0) return { kind: 'unfinished', activeKeyId: active.id, resealed, unopened };
  const retiredKeyIds = retiring.map(({ id }) => id);
  await unitOfWork.run(actor, (tx) => finish(tx, { columns, activeKeyId: active.id, retiredKeyIds }));
  return { kind: 'rotated', activeKeyId: active.id, resealed, retiredKeyIds };
}

/** Waits for whoever is sealing at this moment; from the commit on nobody seals with the old key any more. */
async function switchKey(tx: Tx, keys: KeyDirectory): Promise<void> {
  await lockSecretKeys(tx.db);
  const installId = await readInstallId(tx.db);
  const known = await findKnownKeys(tx.db);
  const ring = await readKeyRing(keys);
  assertKeysMatch(known, ring, { keyDir: keys.path, installId });
  const [active, ...retiring] = known;
  if (!active) throw new Error('there is nothing to rotate: Patchgate has not been started yet');
  if (retiring.length > 0) {
    tx.nothingChanged();
    return;
  }
  const next = await chooseNextKey(tx.db, keys, ring);
  await retireActiveKey(tx.db);
  await insertActiveKey(tx.db, next.id, keyCheckValue(next, installId), tx.now);
  const details = { from: active.id, to: next.id };
  tx.audit({ action: 'secret_key.rotate', objectType: 'secret_key', objectId: null, details });
}

async function finish(
  tx: Tx,
  {
    columns,
    activeKeyId,
    retiredKeyIds,
  }: { columns: readonly SealedColumn[]; activeKeyId: string; retiredKeyIds: readonly string[] },
): Promise<void> {
  await lockSecretKeys(tx.db);
  for (const { table, column, lockOutdated } of columns) {
    const [left] = await lockOutdated(tx.db, { activeKeyId, after: null, limit: 1 });
    if (left) throw new Error(`${table}.${column} of ${left.place.row} is not sealed with the active key`);
  }
  if ((await markRetired(tx.db, retiredKeyIds)) === 0) tx.nothingChanged();
  else {
    const details = { key_ids: retiredKeyIds };
    tx.audit({ action: 'secret_key.retire', objectType: 'secret_key', objectId: null, details });
  }
}
