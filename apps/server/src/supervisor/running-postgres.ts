import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connectionUrls } from './postgres-urls.js';
import { readCredentials } from './postgres-credentials.js';
import { knownPostgresHome } from './postgres-home.js';

/**
 * The URL of the app role in the PostgreSQL that `patchgate start` runs on a data directory, for a command beside it.
 *
 * @throws Error when nothing was ever started there, or its files are another user's
 */
export function runningAppUrl(dataDirectory: string): string {
  const home = knownPostgresHome(dataDirectory);
  const portFile = path.join(home, 'port');
  if (!existsSync(portFile)) {
    throw new Error(
      `${dataDirectory} holds no database: start Patchgate first, or set PATCHGATE_DATA_DIR or DATABASE_URL`,
    );
  }
  const credentials = readCredentials(path.join(home, 'credentials.json'));
  return connectionUrls(Number(readFileSync(portFile, 'utf8')), credentials).appUrl;
}
