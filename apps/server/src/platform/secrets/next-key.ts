import { ConfigError } from '../../config/config-error.js';
import type { Db } from '../database/query.js';
import { createRingKeyFile } from './key-file.js';
import type { KeyDirectory } from './key-file.js';
import { keyCheckValue } from './secret-key.js';
import type { KeyRing, SecretKey } from './secret-key.js';
import { findEverUsedKeyIds } from './secret-key.repository.js';
import type { KnownKey } from './secret-key.repository.js';

/**
 * The key to use next: one that was prepared and has never been used, else a new one. What a rotation leaves that died
 * between the file and the database is such a one.
 */
export async function chooseNextKey(db: Db, keys: KeyDirectory, ring: KeyRing): Promise<SecretKey> {
  const used = await findEverUsedKeyIds(db);
  const [prepared] = [...ring.values()].filter(({ id }) => !used.has(id));
  return prepared ?? (await createRingKeyFile(keys));
}

/** @throws ConfigError when a key that the database was sealed with is not there (SEC-K5) */
export function assertKeysMatch(
  known: readonly KnownKey[],
  ring: KeyRing,
  { keyDir, installId }: { keyDir: string; installId: string },
): void {
  for (const { id, checkValue } of known) {
    const key = ring.get(id);
    if (key !== undefined && keyCheckValue(key, installId).equals(checkValue)) continue;
    const found = ring.size === 0 ? 'no key' : `the key ${[...ring.keys()].join(', ')}`;
    const misused = key === undefined ? '' : ', which another installation used';
    const expected = `the key ${id}, with which this database was sealed: put it there from the backup of the keys or from another machine`;
    throw new ConfigError('PATCHGATE_KEY_DIR', `${keyDir}, which holds ${found}${misused}`, expected);
  }
}
