import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export interface PostgresCredentials {
  readonly superuser: string;
  readonly migrator: string;
  readonly app: string;
}

/** Reads the passwords of an embedded cluster, or makes them before the cluster exists. */
export function ensureCredentials(file: string, hasCluster: boolean): PostgresCredentials {
  if (existsSync(file)) return readCredentials(file);
  if (hasCluster) {
    throw new Error(`${file} is missing, so nobody can sign in to the embedded PostgreSQL: restore the file`);
  }
  const credentials = { superuser: password(), migrator: password(), app: password() };
  writeFileSync(`${file}.unfinished`, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
  return credentials;
}

export function readCredentials(file: string): PostgresCredentials {
  return JSON.parse(readFileSync(file, 'utf8')) as PostgresCredentials;
}

function password(): string {
  return randomBytes(24).toString('base64url');
}

/** Made here so that a password in clear never travels in a statement, which the server may log. RFC 5802, RFC 7677. */
export function scramVerifier(clear: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(clear, salt, iterations, 32, 'sha256');
  const mac = (label: string) => createHmac('sha256', salted).update(label).digest();
  const storedKey = createHash('sha256').update(mac('Client Key')).digest('base64');
  const serverKey = mac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
