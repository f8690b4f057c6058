import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../../../../tests/test-database.js';
import { createTestDatabase } from '../../../../tests/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a process signs in as the app role, which is no superuser and owns nothing', async () => {
  const [row] = await query(
    database.appUrl,
    `SELECT current_user::text AS name, rolsuper, rolcreatedb, rolcreaterole,
            (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned
       FROM pg_roles WHERE rolname = current_user`,
  );
  expect(row).toEqual({
    name: 'patchgate_app',
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    owned: 0,
  });
});

test.each([
  'CREATE TABLE intruder ()',
  'CREATE SCHEMA intruder',
  'CREATE TEMP TABLE intruder ()',
  'CREATE ROLE intruder',
])('the app role is refused %s', async (sql) => {
  await expect(query(database.appUrl, sql)).rejects.toThrow(/permission denied/);
});

test('the migrator owns the database and may create tables', async () => {
  await expect(query(database.migrationUrl, 'CREATE TABLE wanted ()')).resolves.toEqual([]);
});

test('a wrong password is refused, on every database', async () => {
  const wrong = Object.assign(new URL(database.adminUrl), { password: 'wrong' }).href;
  await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('text is UTF-8 compared by code point, and time is UTC', async () => {
  const [row] = await query(
    database.appUrl,
    `SELECT current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding,
            lower('ÄÖ') AS lowered, 'B' < 'a' AS by_code_point`,
  );
  expect(row).toEqual({ zone: 'UTC', encoding: 'UTF8', lowered: 'äö', by_code_point: true });
});
