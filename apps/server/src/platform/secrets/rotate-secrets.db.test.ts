import { mkdtemp, readdir, rename, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../clock/clock.js';
import { createDataSource } from '../database/data-source.js';
import { createRingKeyFile } from './key-file.js';
import { openSealer } from './open-sealer.js';
import { resetSecrets } from './reset-secrets.js';
import { rotateSecrets } from './rotate-secrets.js';
import type { Sealer } from './sealer.js';
import { column, placeOf, writeSecret } from './settings-column.fixture.js';

let database: TestDatabase;
let directory: string;
let dataSource: DataSource;
let sealer: Sealer;

const options = () => ({
  dataSource,
  clock: new SystemClock(),
  keys: { path: path.join(directory, 'keys'), uid: process.geteuid!() },
  columns: [column],
});

beforeEach(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'patchgate-rotate-'));
  dataSource = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  sealer = await openSealer(options());
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const store = (row: string, text = row) =>
  dataSource.transaction(async (db) => {
    await sealer.beginSealing(db);
    await writeSecret(db, row, sealer.seal(Buffer.from(text), placeOf(row)));
  });
const read = async (row: string, by = sealer) => {
  const found = (await column.read(dataSource.manager)).find(({ place }) => place.row === row)!;
  await by.learnKeys([found.sealed.keyId]);
  return by.open(found.sealed, found.place).toString();
};
const keys = () =>
  dataSource.query<{ id: string; state: string }[]>(
    'SELECT id, state FROM secret_keys ORDER BY created_at, id',
  );
const keyIdsInUse = async () => [
  ...new Set((await column.read(dataSource.manager)).map(({ sealed }) => sealed.keyId)),
];
const damage = (row: string) =>
  dataSource.query(
    `UPDATE settings SET value = jsonb_set(value, '{nonce}', '"${'00'.repeat(12)}"') WHERE key = $1`,
    [row],
  );

describe('SEC-K6 a rotation', () => {
  it('leaves nothing on the old key, and nobody who runs notices', async () => {
    for (let n = 0; n < 250; n += 1) await store(`secret ${n}`);
    const [before] = await keys();
    const rotation = await rotateSecrets(options());
    expect(rotation).toMatchObject({ kind: 'rotated', resealed: 250, retiredKeyIds: [before!.id] });
    const [active] = (await keys()).filter(({ state }) => state === 'active');
    expect((await keys()).map(({ state }) => state).sort()).toEqual(['active', 'retired']);
    expect(await keyIdsInUse()).toEqual([active!.id]);
    // The process that was started before still opens, and seals with the new key.
    expect(await read('secret 17')).toBe('secret 17');
    await store('secret 17', 'changed');
    expect(await keyIdsInUse()).toEqual([active!.id]);
    expect(await read('secret 17', await openSealer(options()))).toBe('changed');
  });

  it('does not need the old key any more, and never takes it for a new one', async () => {
    await store('secret');
    const [first] = await keys();
    await rotateSecrets(options());
    await rotateSecrets(options());
    const used = await keys();
    expect(used).toHaveLength(3);
    expect(used.find(({ id }) => id === first!.id)?.state).toBe('retired');
    await unlink(path.join(directory, 'keys/health-check.key'));
    expect(await read('secret', await openSealer(options()))).toBe('secret');
  });

  it('takes a key that was prepared, so that other machines can have it before', async () => {
    const prepared = await createRingKeyFile(options().keys);
    expect(await rotateSecrets(options())).toMatchObject({ kind: 'rotated', activeKeyId: prepared.id });
    expect(await readdir(path.join(directory, 'keys'))).toHaveLength(2);
  });

  it('waits for who is sealing, so that nothing appears on the old key behind it', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await sealer.beginSealing(runner.manager);
    const rotation = rotateSecrets(options());
    await writeSecret(
      runner.manager,
      'secret late',
      sealer.seal(Buffer.from('late'), placeOf('secret late')),
    );
    await runner.commitTransaction();
    await runner.release();
    const { activeKeyId } = (await rotation) as { activeKeyId: string };
    expect(await keyIdsInUse()).toEqual([activeKeyId]);
    expect(await read('secret late')).toBe('late');
  });

  it('runs once at a time', async () => {
    for (let n = 0; n < 50; n += 1) await store(`secret ${n}`);
    const kinds = (await Promise.all([rotateSecrets(options()), rotateSecrets(options())])).map(
      ({ kind }) => kind,
    );
    expect(kinds.sort()).toEqual(['busy', 'rotated']);
  });

  it('keeps the old key while something does not open, says so, and ends after a reset', async () => {
    await store('secret 1');
    await store('secret 2');
    await damage('secret 2');
    expect(await rotateSecrets(options())).toMatchObject({ kind: 'unfinished', resealed: 1, unopened: 1 });
    expect((await keys()).map(({ state }) => state).sort()).toEqual(['active', 'retiring']);
    expect(await resetSecrets(options())).toMatchObject({
      cleared: [{ column: 'settings.value', rows: ['secret 2'], loss: 'a setting' }],
      lostKeyIds: [],
    });
    expect(await rotateSecrets(options())).toMatchObject({ kind: 'rotated', resealed: 0 });
    expect((await keys()).map(({ state }) => state).sort()).toEqual(['active', 'retired']);
    expect(await read('secret 1')).toBe('secret 1');
  });
});

describe('SEC-K6 a reset', () => {
  it('changes nothing where everything opens', async () => {
    await store('secret');
    expect(await resetSecrets(options())).toMatchObject({ cleared: [], lostKeyIds: [] });
    expect(await read('secret')).toBe('secret');
  });

  it('lets an installation whose key is lost start again, without what it had sealed', async () => {
    await store('secret');
    const [lost] = await keys();
    await rename(path.join(directory, 'keys'), path.join(directory, 'gone'));
    await expect(openSealer(options())).rejects.toThrow('which holds no key');
    const reset = await resetSecrets(options());
    expect(reset).toMatchObject({ lostKeyIds: [lost!.id], cleared: [{ rows: ['secret'] }] });
    sealer = await openSealer(options());
    await store('secret', 'new');
    expect(await read('secret')).toBe('new');
    expect(await keyIdsInUse()).toEqual([reset.activeKeyId]);
  });
});
