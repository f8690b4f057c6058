import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { knownPostgresHome } from '../apps/server/src/supervisor/postgres-home.js';
import { appName, databaseName } from '../apps/server/src/supervisor/postgres-roles.js';

/** The database of a running server, in the role of its worker: for what polling would have written in days. */
export async function connectAsWorker(dataDirectory: string): Promise<Client> {
  const home = knownPostgresHome(dataDirectory);
  const { app } = JSON.parse(await readFile(path.join(home, 'credentials.json'), 'utf8')) as { app: string };
  const client = new Client({
    host: '127.0.0.1',
    port: Number(await readFile(path.join(home, 'port'), 'utf8')),
    user: appName,
    password: app,
    database: databaseName,
  });
  await client.connect();
  return client;
}
