import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { SystemClock } from '../../apps/server/src/platform/clock/clock.js';
import { assertAppRole } from '../../apps/server/src/platform/database/app-role.js';
import { createDataSource } from '../../apps/server/src/platform/database/data-source.js';
import { migrate } from '../../apps/server/src/platform/database/migrate.js';
import { readDeployed } from './deploy-files.js';

const suffix = randomBytes(4).toString('hex');
const database = `compose_${suffix}`;
const [app, owner] = [`app_${suffix}`, `owner_${suffix}`];
const password = () => randomBytes(24).toString('hex');
const superuserUrl = (name: string) =>
  Object.assign(new URL(inject('postgres').superuserUrl), { pathname: `/${name}` }).href;
const urlFor = (role: string) =>
  Object.assign(new URL(superuserUrl(database)), { username: role, password: password() }).href;

let secrets: string;

beforeAll(async () => {
  secrets = mkdtempSync(path.join(tmpdir(), 'patchgate-roles-'));
  chmodSync(secrets, 0o755);
  await asSuperuser('postgres', `CREATE DATABASE ${database}`);
});
afterAll(async () => {
  rmSync(secrets, { recursive: true });
  await asSuperuser('postgres', `DROP DATABASE ${database} WITH (FORCE)`);
  for (const role of [app, owner]) await asSuperuser('postgres', `DROP ROLE IF EXISTS ${role}`);
});

async function asSuperuser(name: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl(name) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What the container of PostgreSQL does with an empty volume, the directory of its secrets apart. */
async function createRoles(appUrl: string, migrationUrl: string): Promise<void> {
  writeFileSync(path.join(secrets, 'database_url'), `${appUrl}\n`, { mode: 0o644 });
  writeFileSync(path.join(secrets, 'migration_database_url'), `${migrationUrl}\n`, { mode: 0o644 });
  const script = readDeployed('deploy/postgres/create-roles.sql').replaceAll('/run/secrets/', `${secrets}/`);
  await asSuperuser(database, script);
}

test.each([
  [
    'has characters that a URL writes otherwise',
    () => [urlFor(app).replace(/:[^:@]*@/, ':a%40b@'), urlFor(owner)],
  ],
  ['is that of a role with quotes', () => [urlFor(app).replace(app, 'a%22b'), urlFor(owner)]],
  ['is missing', () => ['postgres://db.example.org/patchgate', urlFor(owner)]],
  ['is that of one role for both', () => [urlFor(app), urlFor(app)]],
])('a URL that %s makes no role', async (_name, urls) => {
  const [appUrl, migrationUrl] = urls() as [string, string];
  await expect(createRoles(appUrl, migrationUrl)).rejects.toThrow(/both URLs need|another role/);
});

test('SEC-O1 the roles of compose migrate an empty database, and that of the app owns nothing and changes no schema', async () => {
  const [appUrl, migrationUrl] = [urlFor(app), urlFor(owner)];
  await createRoles(appUrl, migrationUrl);
  expect(await migrate({ migrationUrl, appRole: app, clock: new SystemClock() })).not.toEqual([]);
  const dataSource = await createDataSource(appUrl, { applicationName: 'test' }).initialize();
  try {
    await assertAppRole(dataSource.manager);
    expect(await dataSource.query('SELECT current_user AS name')).toEqual([{ name: app }]);
    expect(await dataSource.query('SELECT count(*)::int AS count FROM hosts')).toEqual([{ count: 0 }]);
    for (const forbidden of [
      'CREATE TABLE own (id int)',
      'ALTER TABLE hosts ADD COLUMN own int',
      'DROP TABLE hosts',
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'CREATE SCHEMA own',
    ])
      await expect(dataSource.query(forbidden), forbidden).rejects.toThrow(/permission denied|must be owner/);
  } finally {
    await dataSource.destroy();
  }
});
