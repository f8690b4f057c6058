import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDataSource } from '../apps/server/src/platform/database/data-source.js';
import { readKeyRing } from '../apps/server/src/platform/secrets/key-directory.js';
import { findKnownKeys, readInstallId } from '../apps/server/src/platform/secrets/secret-key.repository.js';
import { Sealer } from '../apps/server/src/platform/secrets/sealer.js';
import { sealedColumns } from '../apps/server/src/sealed-columns.js';
import { readCredentials } from '../apps/server/src/supervisor/postgres-credentials.js';
import { knownPostgresHome } from '../apps/server/src/supervisor/postgres-home.js';
import { appName, databaseName } from '../apps/server/src/supervisor/postgres-roles.js';
import type { Secret } from '../tests/find-secrets.js';

// A shorter one would be found by chance.
const leastBytes = 16;

/** The secrets that an installation makes for itself, and all that it stores sealed, opened with its key. */
export async function readInstalledSecrets(dataDirectory: string): Promise<Secret[]> {
  const home = knownPostgresHome(dataDirectory);
  const credentials = readCredentials(path.join(home, 'credentials.json'));
  const passwords = Object.entries(credentials as unknown as Record<string, string>).map(
    ([role, password]) => ({
      name: `the password of the database role ${role}`,
      bytes: Buffer.from(password),
    }),
  );
  const keys = path.join(dataDirectory, 'keys');
  const key = { name: 'the key file', bytes: readFileSync(path.join(keys, 'health-check.key')) };
  const port = readFileSync(path.join(home, 'port'), 'utf8').trim();
  const url = `postgres://${appName}:${credentials.app}@127.0.0.1:${port}/${databaseName}`;
  return [...passwords, key, ...(await openSealed(url, keys))];
}

async function openSealed(url: string, keys: string): Promise<Secret[]> {
  const dataSource = await createDataSource(url, { applicationName: 'browser tests' }).initialize();
  try {
    const db = dataSource.manager;
    const ring = await readKeyRing({ path: keys, uid: process.geteuid?.() ?? -1 });
    const [active] = await findKnownKeys(db);
    const sealer = new Sealer(await readInstallId(db), active?.id ?? '', ring);
    const stored = await Promise.all(sealedColumns.map(({ read }) => read(db)));
    return stored
      .flat()
      .map(({ place, sealed }) => ({
        name: `what is sealed in ${place.table} of ${place.row}`,
        bytes: secretPart(sealer.open(sealed, place)),
      }))
      .filter(({ bytes }) => bytes.length >= leastBytes);
  } finally {
    await dataSource.destroy();
  }
}

/** Of a private key its number alone, which is secret however the key is written. */
function secretPart(opened: Buffer): Buffer {
  if (!opened.toString('latin1').startsWith('-----BEGIN')) return opened;
  const { d = '' } = createPrivateKey(opened).export({ format: 'jwk' });
  return Buffer.from(d, 'base64url');
}
