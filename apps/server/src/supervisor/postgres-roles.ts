import { Client } from 'pg';
import type { PostgresCredentials } from './postgres-credentials.js';
import { scramVerifier } from './postgres-credentials.js';

export const migratorName = 'patchgate_migrator';
export const appName = 'patchgate_app';
export const databaseName = 'patchgate';

/** Makes roles and database where they are missing; safe to repeat after a start that was killed half-way. */
export async function ensureRolesAndDatabase(
  superuserUrl: string,
  credentials: PostgresCredentials,
): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await ensureRole(client, migratorName, credentials.migrator);
    await ensureRole(client, appName, credentials.app);
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (existing.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName} OWNER ${migratorName}`);
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    await grantDatabase(client, databaseName);
  } finally {
    await client.end();
  }
}

/** The app role may connect, and nothing more: what it may do with tables is the migrations' business. */
export async function grantDatabase(client: Client, database: string): Promise<void> {
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${appName}`);
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const existing = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (existing.rowCount !== 0) return;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${scramVerifier(password)}'`);
}
