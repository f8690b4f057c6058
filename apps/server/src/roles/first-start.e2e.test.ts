import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';
import { createTestDatabase } from '../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../tests/test-database.js';
import { startRole } from './role.fixture.js';

async function startDatabase() {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const client = new Client(database.adminUrl);
  await client.connect();
  onTestFinished(() => client.end());
  const count = async (table: string) =>
    Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count);
  return { database, client, count };
}

test('SEC-K4, SEC-O1 apis and workers that start together have one key and one authority, as the app role', async () => {
  const { database, count } = await startDatabase();
  const directory = path.join(temporaryDirectory(), 'keys');
  const start = (role: 'api' | 'worker') =>
    startRole(role, database.appUrl, { PATCHGATE_KEY_DIR: directory });
  const workers = [start('worker'), start('worker')];
  const apis = [start('api'), start('api'), start('api')];
  const origins = await Promise.all(apis.map((api) => api.origin()));
  await Promise.all(workers.map(({ program }) => program.saying(/"worker ready"/)));
  const authorities = await Promise.all(
    origins.map(async (origin) => (await fetch(`${origin}/api/v1/pki/ca.pem`)).text()),
  );
  expect(new Set(authorities).size).toBe(1);
  expect(authorities[0]).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  expect([await count('secret_keys'), await count('pki_authorities')]).toEqual([1, 1]);
  expect(readdirSync(directory)).toEqual(['health-check.key']);
  expect(await connectedRoles(database)).toEqual(['patchgate_app']);
});

/** Who is connected to a database, beside the tests. */
async function connectedRoles({ adminUrl }: TestDatabase): Promise<string[]> {
  const admin = new Client(adminUrl);
  await admin.connect();
  const { rows } = await admin.query<{ usename: string }>(
    `SELECT DISTINCT usename FROM pg_stat_activity
     WHERE datname = current_database() AND usename <> current_user AND backend_type = 'client backend'`,
  );
  await admin.end();
  return rows.map(({ usename }) => usename);
}

/** What a process that ends at its start tells a person; the log is for others. */
async function lastWords(role: 'api' | 'worker', databaseUrl: string, settings: Record<string, string>) {
  const { program } = startRole(role, databaseUrl, settings);
  const code = await program.exited;
  return { code, words: program.output().replace(/^\{.*\n/gm, '') };
}

describe('SEC-K3 keys that are not safe end the start with 78 and the command that repairs it', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['others may read', (file) => chmodSync(file, 0o640), /key with mode 0640, .*: chmod 600 \S+key\n$/],
    [
      'others may replace',
      (file) => chmodSync(path.dirname(file), 0o770),
      /with mode 0770, .*: chmod 700 \S+\n$/,
    ],
    ['a link leads to', link, /key, a symbolic link, .*: put the file itself there\n$/],
    [
      'was cut off',
      (file) => writeFileSync(file, 'short'),
      /key of 5 bytes, .*restore it from the backup of the keys\n$/,
    ],
  ])('which %s', async (_name, spoil, expected) => {
    const { database } = await startDatabase();
    const directory = path.join(temporaryDirectory(), 'keys');
    mkdirSync(directory, { mode: 0o700 });
    const file = path.join(directory, 'health-check.key');
    writeFileSync(file, Buffer.alloc(32, 7), { mode: 0o600 });
    spoil(file);
    const { code, words } = await lastWords('worker', database.appUrl, { PATCHGATE_KEY_DIR: directory });
    expect(words).toMatch(/^PATCHGATE_KEY_DIR: given [^\n]+\n$/);
    expect(words).toMatch(expected);
    expect(code).toBe(78);
  });
});

function link(file: string): void {
  renameSync(file, `${file}.real`);
  symlinkSync(`${file}.real`, file);
}

test.each(['api', 'worker'] as const)(
  'SEC-O1 a %s that is given the role that owns the tables ends with 78 and one line',
  async (role) => {
    const { database } = await startDatabase();
    const { code, words } = await lastWords(role, database.migrationUrl, {});
    expect(words).toMatch(/^DATABASE_URL: given role \w+, which [^\n]*owns tables[^\n]*\n$/);
    expect(code).toBe(78);
  },
);

test('certificate files that are not there end the api with 78 and one line', async () => {
  const { database } = await startDatabase();
  const settings = { PATCHGATE_TLS_CERT: '/dev/null/cert.pem', PATCHGATE_TLS_KEY: '/dev/null/key.pem' };
  expect(await lastWords('api', database.appUrl, settings)).toEqual({
    code: 78,
    words: 'PATCHGATE_TLS_CERT: given /dev/null/cert.pem (ENOTDIR), expected a PEM file that can be read\n',
  });
});

test.each(['api', 'worker'] as const)(
  'SEC-K5 a %s whose key is lost ends with 78 and one line, and makes no other',
  async (role) => {
    const { database } = await startDatabase();
    const first = startRole('api', database.appUrl);
    await first.origin();
    const directory = path.join(temporaryDirectory(), 'keys');
    const { code, words } = await lastWords(role, database.appUrl, { PATCHGATE_KEY_DIR: directory });
    expect(words).toMatch(
      new RegExp(
        `^PATCHGATE_KEY_DIR: given ${directory}, which holds no key, expected the key [0-9a-f]{16}, [^\n]+\n$`,
      ),
    );
    expect(code).toBe(78);
    expect(existsSync(directory)).toBe(false);
  },
);
