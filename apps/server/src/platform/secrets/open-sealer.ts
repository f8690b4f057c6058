import type { DataSource } from 'typeorm';
import { ConfigError } from '../../config/config-error.js';
import type { Clock } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Tx } from '../database/unit-of-work.js';
import { makeKeyDirectory, readKeyRing } from './key-directory.js';
import { createKeyFile } from './key-file.js';
import type { KeyDirectory } from './key-file.js';
import { assertKeysMatch } from './next-key.js';
import { keyCheckValue } from './secret-key.js';
import type { KeyRing } from './secret-key.js';
import { findKnownKeys, insertActiveKey, lockSecretKeys, readInstallId } from './secret-key.repository.js';
import type { SealedColumn } from './sealed-column.js';
import { Sealer } from './sealer.js';

interface OpenSealerOptions {
  dataSource: DataSource;
  clock: Clock;
  keys: KeyDirectory;
  columns: readonly SealedColumn[];
}

const variable = 'PATCHGATE_KEY_DIR';
const actor = { id: null, name: 'system', sourceAddress: null };

/**
 * Opens the keys of this installation, and makes the first one where neither the directory nor the database has ever
 * seen any. The lock is the database's, because the directories of two machines are two directories.
 *
 * @throws ConfigError when the keys are not those the database was sealed with (SEC-K5)
 */
export async function openSealer({ dataSource, clock, keys, columns }: OpenSealerOptions): Promise<Sealer> {
  return await new UnitOfWork(dataSource, clock).run(actor, async (tx) => {
    await lockSecretKeys(tx.db);
    const installId = await readInstallId(tx.db);
    const known = await findKnownKeys(tx.db);
    const ring = await readKeyRing(keys);
    const [active] = known;
    if (active !== undefined) {
      assertKeysMatch(known, ring, { keyDir: keys.path, installId });
      tx.nothingChanged();
      return new Sealer(installId, active.id, ring, () => readKeyRing(keys));
    }
    await assertNothingSealed(tx, keys.path, columns);
    return await registerFirstKey(tx, keys, installId, ring);
  });
}

async function assertNothingSealed(tx: Tx, keyDir: string, columns: readonly SealedColumn[]): Promise<void> {
  for (const { table, column, read } of columns) {
    const [first] = await read(tx.db);
    if (first === undefined) continue;
    const expected = `the key ${first.sealed.keyId}, with which ${table}.${column} was sealed: put it there from the backup of the keys or from another machine`;
    throw new ConfigError(variable, `${keyDir}, of which the database knows no key`, expected);
  }
}

async function registerFirstKey(
  tx: Tx,
  keys: KeyDirectory,
  installId: string,
  ring: KeyRing,
): Promise<Sealer> {
  const [found, ...others] = ring.values();
  if (others.length > 0) {
    throw new ConfigError(variable, `${keys.path} with ${ring.size} keys`, 'one key for a new database');
  }
  // A file without a known id is what a start leaves that died between the two.
  if (found === undefined) await makeKeyDirectory(keys);
  const key = found ?? (await createKeyFile(keys));
  await insertActiveKey(tx.db, key.id, keyCheckValue(key, installId), tx.now);
  tx.audit({
    action: 'secret_key.create',
    objectType: 'secret_key',
    objectId: null,
    details: { key_id: key.id },
  });
  return new Sealer(installId, key.id, new Map([[key.id, key]]), () => readKeyRing(keys));
}
