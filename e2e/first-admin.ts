import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../.cache/e2e');

/** The one administrator of the run; made through the set-up page by the test all others wait for. */
export const admin = { username: 'anna', password: 'seven quiet lamps drift east' };

export const storageStateFile = path.join(directory, 'admin.json');
const tokenFile = path.join(directory, 'token');

export function writeToken(token: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
}

export const readToken = (): string => readFileSync(tokenFile, 'utf8');
