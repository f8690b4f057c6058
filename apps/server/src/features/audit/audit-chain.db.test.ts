import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { verifyChain } from './audit-log.repository.js';

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

const actor = { id: null, name: 'test', sourceAddress: null };

describe('SEC-D1 mutations and their trail', () => {
  const unitOfWork = () => new UnitOfWork(app, new SystemClock());
  const addSetting = (key: string) =>
    `INSERT INTO settings (key, value, updated_at) VALUES ('${key}', '1', now())`;
  const has = async (key: string) =>
    (await admin.query('SELECT FROM settings WHERE key = $1', [key])).rowCount === 1;

  it('commit together', async () => {
    await unitOfWork().run(actor, async ({ db, audit }) => {
      await db.query(addSetting('kept'));
      audit({ action: 'setting.create', objectType: 'setting', objectId: null, details: { b: 1, a: ['ü'] } });
    });
    expect(await has('kept')).toBe(true);
    expect(await verifyChain(app.manager)).toEqual({ rows: 1, first_invalid_seq: null });
  });

  it('fail together: without an entry, or when the entry cannot be written', async () => {
    await expect(unitOfWork().run(actor, ({ db }) => db.query(addSetting('lost')))).rejects.toThrow(
      'without an audit entry',
    );
    const badEntry = { action: 'x', objectType: 'x', objectId: 'not a uuid' };
    const failing = unitOfWork().run(actor, async ({ db, audit }) => {
      await db.query(addSetting('lost'));
      audit(badEntry);
    });
    await expect(failing).rejects.toThrow();
    expect(await has('lost')).toBe(false);
  });

  it('keep one chain under parallel writers', async () => {
    const entry = { action: 'x', objectType: 'x', objectId: null };
    const writers = Array.from({ length: 30 }, () =>
      unitOfWork().run(actor, ({ audit }) => {
        audit(entry);
        return Promise.resolve();
      }),
    );
    await Promise.all(writers);
    expect(await verifyChain(app.manager)).toEqual({ rows: 31, first_invalid_seq: null });
  });

  it.each([
    ['a changed entry', "UPDATE audit_log SET actor_name = 'eve' WHERE seq = 5", 5],
    ['a removed entry', 'DELETE FROM audit_log WHERE seq = 7', 8],
    ['a cut-off end', 'DELETE FROM audit_log WHERE seq > 20', 31],
  ])('show %s', async (_name, tampering, seq) => {
    await admin.query('CREATE TEMP TABLE saved AS SELECT * FROM audit_log');
    await admin.query(tampering);
    expect((await verifyChain(app.manager)).first_invalid_seq).toBe(seq);
    await admin.query('DELETE FROM audit_log; INSERT INTO audit_log SELECT * FROM saved; DROP TABLE saved');
    expect((await verifyChain(app.manager)).first_invalid_seq).toBeNull();
  });
});
