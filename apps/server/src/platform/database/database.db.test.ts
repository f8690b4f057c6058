import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../clock/clock.js';
import { assertAppRole } from './app-role.js';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { isSchemaCurrent } from './schema-state.js';

let database: TestDatabase;
let app: Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;
let admin: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  admin = new Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await app.destroy();
  await database.drop();
});

describe('SEC-O1 the app role', () => {
  it('is who a process is', async () => {
    await expect(assertAppRole(app.manager)).resolves.toBeUndefined();
    expect(await app.query('SELECT current_user AS role')).toEqual([{ role: 'patchgate_app' }]);
  });

  it.each([
    'CREATE TABLE public.mine (id int)',
    'ALTER TABLE users ADD COLUMN mine int',
    'DROP TABLE users',
    'CREATE SCHEMA mine',
    "INSERT INTO audit_log SELECT 99, now(), NULL, 'x', NULL, 'x', 'x', NULL, 'success', '{}', '', ''",
    "UPDATE audit_log SET actor_name = 'other'",
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    'UPDATE audit_head SET seq = 0',
    'DELETE FROM migrations',
  ])('may not: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('is refused when it is the owner', async () => {
    const owner = await createDataSource(database.migrationUrl, { applicationName: 'test' }).initialize();
    await expect(assertAppRole(owner.manager)).rejects.toThrow(
      /^DATABASE_URL: given role \w+, which .*owns tables/,
    );
    await owner.destroy();
  });
});

describe('migrating', () => {
  it('happens once however many processes ask together', async () => {
    const owner = decodeURIComponent(new URL(database.migrationUrl).username);
    await admin.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION "${owner}"`);
    expect(await isSchemaCurrent(app.manager)).toBe(false);
    const options = {
      migrationUrl: database.migrationUrl,
      appRole: 'patchgate_app',
      clock: new SystemClock(),
    };
    const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(options)));
    expect(ran.flat()).toEqual([...new Set(ran.flat())]);
    expect(await isSchemaCurrent(app.manager)).toBe(true);
  });
});
