import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { deleteSpentCredentials } from './spent-credentials.js';

let database: TestDatabase;
let admin: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

test('what can still be used or ended a moment ago stays, what ended a day ago goes', async () => {
  await admin.query(`
    INSERT INTO users (id, username, display_name, role, password_hash, created_at, updated_at)
      VALUES (gen_random_uuid(), 'anna', 'Anna', 'admin', '', now(), now());
    CREATE TEMP VIEW ages AS SELECT * FROM (VALUES
      ('in use', now(), now() + interval '1 hour', NULL::timestamptz),
      ('just revoked', now(), now() + interval '1 hour', now()),
      ('just expired', now(), now() - interval '23 hours', NULL),
      ('expired', now(), now() - interval '25 hours', NULL),
      ('revoked', now(), now() + interval '1 hour', now() - interval '25 hours'),
      ('left idle', now() - interval '25 hours', now() + interval '1 hour', NULL)) AS a (name, used, expires, revoked);
    INSERT INTO sessions
      SELECT gen_random_uuid(), u.id, sha256(a.name::bytea), '', a.name, used, used, expires, revoked FROM users u, ages a;
    INSERT INTO api_tokens
      SELECT gen_random_uuid(), u.id, a.name, '', sha256(a.name::bytea), used, used, expires, revoked FROM users u, ages a;
    INSERT INTO rate_limits VALUES ('now', now(), 1), ('long ago', now() - interval '25 hours', 1);
  `);
  const app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  expect(await deleteSpentCredentials(app.manager)).toBe(6);
  expect(await deleteSpentCredentials(app.manager)).toBe(0);
  await app.destroy();
  const names = async (sql: string) =>
    (await admin.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const usable = ['in use', 'just expired', 'just revoked'];
  expect(await names('SELECT user_agent AS name FROM sessions ORDER BY 1')).toEqual(usable);
  // A token has no idle time: it may wait for its yearly job.
  expect(await names('SELECT name FROM api_tokens ORDER BY 1')).toEqual([...usable, 'left idle']);
  expect(await names('SELECT key AS name FROM rate_limits')).toEqual(['now']);
});
