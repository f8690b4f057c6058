import { UnitOfWork } from '../database/unit-of-work.js';
import type { Tx } from '../database/unit-of-work.js';
import { makeKeyDirectory, readKeyRing } from './key-directory.js';
import { chooseNextKey } from './next-key.js';
import type { RotationOptions } from './rotate-secrets.js';
import type { KeyRing, SecretKey } from './secret-key.js';
import { keyCheckValue } from './secret-key.js';
import {
  findKnownKeys,
  insertActiveKey,
  lockSecretKeys,
  markRetired,
  readInstallId,
} from './secret-key.repository.js';
import type { SealedColumn } from './sealed-column.js';
import { Sealer, UnsealError } from './sealer.js';

export interface Reset {
  readonly cleared: readonly {
    readonly column: string;
    readonly rows: readonly string[];
    readonly loss: string;
  }[];
  /** Keys that are given up, because they are not there. */
  readonly lostKeyIds: readonly string[];
  /** The key that seals from now on. */
  readonly activeKeyId: string;
}

const actor = { id: null, name: 'console', sourceAddress: null };

/** Gives up every secret that cannot be opened, and the keys that are lost, so that Patchgate can start again. */
export async function resetSecrets({ dataSource, clock, keys, columns }: RotationOptions): Promise<Reset> {
  return await new UnitOfWork(dataSource, clock).run(actor, async (tx) => {
    await lockSecretKeys(tx.db);
    await makeKeyDirectory(keys);
    const installId = await readInstallId(tx.db);
    const known = await findKnownKeys(tx.db);
    const ring = await readKeyRing(keys);
    const lost = known.filter(({ id, checkValue }) => !isOwn(ring.get(id), installId, checkValue));
    const lostKeyIds = lost.map(({ id }) => id);
    await markRetired(tx.db, lostKeyIds);
    const usable = new Map([...ring].filter(([id]) => !lostKeyIds.includes(id)));
    const cleared = await clearUnopened(tx, columns, new Sealer(installId, 'none', usable));
    const active = known.find(({ id, state }) => state === 'active' && !lostKeyIds.includes(id));
    const activeKeyId = active?.id ?? (await registerNextKey(tx, { keys, ring: usable, installId }));
    if (lostKeyIds.length === 0 && cleared.length === 0 && active) tx.nothingChanged();
    else {
      const counts = Object.fromEntries(cleared.map(({ column, rows }) => [column, rows.length]));
      const details = { lost_key_ids: lostKeyIds, active_key_id: activeKeyId, cleared: counts };
      tx.audit({ action: 'secret_key.reset', objectType: 'secret_key', objectId: null, details });
    }
    return { cleared, lostKeyIds, activeKeyId };
  });
}

const isOwn = (key: SecretKey | undefined, installId: string, checkValue: Buffer): boolean =>
  key !== undefined && keyCheckValue(key, installId).equals(checkValue);

async function clearUnopened(
  { db }: Tx,
  columns: readonly SealedColumn[],
  sealer: Sealer,
): Promise<Reset['cleared']> {
  const cleared = [];
  for (const { table, column, loss, read, clear } of columns) {
    const rows: string[] = [];
    for (const { sealed, place } of await read(db)) {
      try {
        sealer.open(sealed, place).fill(0);
      } catch (error) {
        if (!(error instanceof UnsealError)) throw error;
        await clear(db, place.row);
        rows.push(place.row);
      }
    }
    if (rows.length > 0) cleared.push({ column: `${table}.${column}`, rows, loss });
  }
  return cleared;
}

async function registerNextKey(
  { db, now }: Tx,
  { keys, ring, installId }: { keys: RotationOptions['keys']; ring: KeyRing; installId: string },
): Promise<string> {
  const key = await chooseNextKey(db, keys, ring);
  await insertActiveKey(db, key.id, keyCheckValue(key, installId), now);
  return key.id;
}
