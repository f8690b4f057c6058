import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../clock/clock.js';
import { createDataSource } from '../database/data-source.js';
import { inspectSecrets } from './inspect-secrets.js';
import { readKeyRing } from './key-directory.js';
import { openSealer } from './open-sealer.js';
import { column, placeOf, writeSecret } from './settings-column.fixture.js';
import type { Sealer } from './sealer.js';

let database: TestDatabase;
let parent: string;
let pools: DataSource[];

beforeEach(async () => {
  database = await createTestDatabase();
  parent = await mkdtemp(path.join(tmpdir(), 'patchgate-sealer-'));
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await database.drop();
  await rm(parent, { recursive: true, force: true });
});

const clock = new SystemClock();
const uid = process.geteuid!();
async function connect(): Promise<DataSource> {
  const pool = await createDataSource(database.appUrl, { applicationName: 'test', poolSize: 2 }).initialize();
  pools.push(pool);
  return pool;
}

async function open(directory = 'keys'): Promise<Sealer> {
  const keys = { path: path.join(parent, directory), uid };
  return await openSealer({ dataSource: await connect(), clock, keys, columns: [column] });
}

async function store(sealer: Sealer, key: string): Promise<void> {
  const sealed = sealer.seal(Buffer.from('a password'), placeOf(key));
  await writeSecret((await connect()).manager, key, sealed);
}

async function run(statement: string): Promise<Record<string, unknown>[]> {
  return await (await connect()).query<Record<string, unknown>[]>(statement);
}

async function inspect(directory = 'keys') {
  const ring = await readKeyRing({ path: path.join(parent, directory), uid });
  return await inspectSecrets((await connect()).manager, ring, [column]);
}

const keyFile = (directory = 'keys') => path.join(parent, directory, 'health-check.key');
const knownIds = async () => (await run('SELECT id FROM secret_keys')).map(({ id }) => id);

describe('SEC-K4 the first start', () => {
  it('makes one key, tells the database its id and not the key, and tells the trail', async () => {
    await open();
    const [row] = await run('SELECT * FROM secret_keys');
    const key = await readFile(keyFile());
    expect(row).toMatchObject({ state: 'active' });
    expect(JSON.stringify(row)).not.toContain(key.toString('hex'));
    expect(await run("SELECT details FROM audit_log WHERE action = 'secret_key.create'")).toEqual([
      { details: { key_id: row?.id } },
    ]);
  });

  it('gives one key to all who start together, and all open what one sealed', async () => {
    const sealers = await Promise.all(Array.from({ length: 8 }, () => open()));
    const place = placeOf('secret');
    const sealed = sealers[0]!.seal(Buffer.from('x'), place);
    for (const sealer of sealers) expect(sealer.open(sealed, place).toString()).toBe('x');
    expect(await knownIds()).toEqual([sealed.keyId]);
    expect(await run("SELECT count(*)::int AS count FROM audit_log WHERE action LIKE 'secret_key%'")).toEqual(
      [{ count: 1 }],
    );
  });

  it('lets one of two machines with a directory each make the key, and the other wait for a copy', async () => {
    const [a, b] = await Promise.allSettled([open('a'), open('b')]);
    const states = [a, b].map(({ status }) => status).sort();
    expect(states).toEqual(['fulfilled', 'rejected']);
    const [made, other] = a.status === 'fulfilled' ? ['a', 'b'] : ['b', 'a'];
    await expect(open(other)).rejects.toThrow(
      /which holds no key, expected the key [0-9a-f]{16}, .* from another machine$/,
    );
    await expect(readFile(keyFile(other))).rejects.toThrow('ENOENT');
    await expect(open(made)).resolves.toBeDefined();
  });

  it('takes the key of a start that died before it told the database', async () => {
    await open();
    const before = await knownIds();
    await run('DELETE FROM secret_keys');
    await open();
    expect(await knownIds()).toEqual(before);
  });
});

describe('SEC-K5 a later start', () => {
  it('opens what an earlier one sealed', async () => {
    const place = placeOf('secret');
    const sealed = (await open()).seal(Buffer.from('x'), place);
    expect((await open()).open(sealed, place).toString()).toBe('x');
  });

  it('refuses without the key the database knows, names it, and makes none', async () => {
    await open();
    const [id] = await knownIds();
    await unlink(keyFile());
    const start = open();
    await expect(start).rejects.toThrow(
      new RegExp(
        `^PATCHGATE_KEY_DIR: given ${parent}/keys, which holds no key, expected the key ${String(id)}, `,
      ),
    );
    await expect(start).rejects.toMatchObject({ name: 'ConfigError' });
    await expect(readFile(keyFile())).rejects.toThrow('ENOENT');
    await rm(path.join(parent, 'keys'), { recursive: true });
    await expect(open()).rejects.toThrow('which holds no key');
    await expect(readFile(keyFile())).rejects.toThrow('ENOENT');
  });

  it('refuses without a key while something is sealed, though the database has lost the id', async () => {
    await store(await open(), 'secret');
    const [id] = await knownIds();
    await run('DELETE FROM secret_keys');
    const expected = `expected the key ${String(id)}, with which settings.value was sealed`;
    await expect(open()).rejects.toThrow(expected);
    await unlink(keyFile());
    await expect(open()).rejects.toThrow(expected);
    await expect(readFile(keyFile())).rejects.toThrow('ENOENT');
  });

  it('refuses another key and names both', async () => {
    await open();
    const [id] = await knownIds();
    await writeFile(keyFile(), Buffer.alloc(32, 1), { mode: 0o600 });
    const other = [...(await readKeyRing({ path: path.join(parent, 'keys'), uid })).keys()][0];
    expect(other).not.toBe(id);
    await expect(open()).rejects.toThrow(
      `which holds the key ${String(other)}, expected the key ${String(id)}, with which this database was sealed`,
    );
  });

  it('refuses a key that another installation used', async () => {
    await open();
    await run(`UPDATE settings SET value = '"${randomUUID()}"' WHERE key = 'install_id'`);
    await expect(open()).rejects.toThrow(/holds the key \w+, which another installation used, expected/);
  });

  it('refuses several keys for a database that knows none', async () => {
    await open('a');
    await run('DELETE FROM secret_keys');
    await writeFile(keyFile('a'), Buffer.alloc(32, 1), { mode: 0o600 });
    const [id] = [...(await readKeyRing({ path: path.join(parent, 'a'), uid })).keys()];
    await writeFile(path.join(parent, 'a', `health-check.${String(id)}.key`), Buffer.alloc(32, 1), {
      mode: 0o600,
    });
    await writeFile(keyFile('a'), Buffer.alloc(32, 2), { mode: 0o600 });
    await expect(open('a')).rejects.toThrow('with 2 keys, expected one key for a new database');
  });
});

describe('SEC-K5 the doctor', () => {
  it('finds nothing where nothing is wrong', async () => {
    await store(await open(), 'secret 1');
    const [id] = await knownIds();
    expect(await inspect()).toEqual({
      keys: [{ id, state: 'active', found: 'yes' }],
      unknownKeys: [],
      columns: [{ column: 'settings.value', sealed: 1, unknownKey: 0, notAuthentic: 0 }],
    });
  });

  it('counts what was damaged, what was moved, and what has lost its key', async () => {
    const sealer = await open();
    for (const key of ['secret 1', 'secret 2', 'secret 3', 'secret 4']) await store(sealer, key);
    await run(
      `UPDATE settings SET value = jsonb_set(value, '{nonce}', '"000000000000000000000000"') WHERE key = 'secret 1'`,
    );
    await run(
      `UPDATE settings SET value = (SELECT value FROM settings WHERE key = 'secret 3') WHERE key = 'secret 2'`,
    );
    await run(
      `UPDATE settings SET value = jsonb_set(value, '{keyId}', '"0123456789abcdef"') WHERE key = 'secret 4'`,
    );
    expect((await inspect()).columns).toEqual([
      { column: 'settings.value', sealed: 4, unknownKey: 1, notAuthentic: 2 },
    ]);
  });

  it('says which key is missing, which is not known, and which is of another installation', async () => {
    await store(await open(), 'secret 1');
    const [id] = await knownIds();
    expect(await inspect('none')).toMatchObject({
      keys: [{ id, found: 'no' }],
      columns: [{ sealed: 1, unknownKey: 1 }],
    });
    await run(`UPDATE settings SET value = '"${randomUUID()}"' WHERE key = 'install_id'`);
    expect(await inspect()).toMatchObject({
      keys: [{ id, found: 'not_its_own' }],
      columns: [{ notAuthentic: 1 }],
    });
    await writeFile(keyFile(), Buffer.alloc(32, 1), { mode: 0o600 });
    expect(await inspect()).toMatchObject({ keys: [{ id, found: 'no' }], unknownKeys: [expect.any(String)] });
  });
});
