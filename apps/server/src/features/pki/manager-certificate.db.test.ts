import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { insertActiveKey } from '../../platform/secrets/secret-key.repository.js';
import { toSecretKey } from '../../platform/secrets/secret-key.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { AuthorityService } from './authority.service.js';
import { readCertificateLives } from './certificate-lives.repository.js';
import { ManagerCertificate } from './manager-certificate.js';
import { managerKeyColumn } from './manager-key.repository.js';

const dayMs = 86_400_000;
const key = toSecretKey(Buffer.alloc(32, 7));
const sealer = new Sealer('one installation', key.id, new Map([[key.id, key]]));

let clock: MovedClock;
let database: TestDatabase;
let pools: DataSource[];
beforeEach(async () => {
  clock = new MovedClock(new Date('2031-05-06T07:08:09.000Z'));
  database = await createTestDatabase();
  pools = [];
  const admin = await createDataSource(database.adminUrl, { applicationName: 'test' }).initialize();
  await insertActiveKey(admin.manager, key.id, Buffer.alloc(32), clock.now());
  await admin.destroy();
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await database.drop();
});

/** As one of several workers has it, with a pool of its own. */
async function startWorker(): Promise<ManagerCertificate> {
  const pool = await createDataSource(database.appUrl, { applicationName: 'test', poolSize: 2 }).initialize();
  pools.push(pool);
  const unitOfWork = new UnitOfWork(pool, clock);
  const authority = new AuthorityService(pool, unitOfWork, sealer, clock);
  await authority.ensure();
  return new ManagerCertificate(pool, unitOfWork, authority, sealer, clock);
}

const run = (statement: string) => pools[0]!.query<Record<string, unknown>[]>(statement);

describe("the manager's certificate", () => {
  it('is made once however many workers ask together, and comes with its key and its authority', async () => {
    const workers = await Promise.all(Array.from({ length: 6 }, startWorker));
    const identities = await Promise.all(workers.map((worker) => worker.current()));
    expect(new Set(identities.map(({ certificate }) => certificate)).size).toBe(1);
    const [{ certificate, privateKey, authority }] = identities as [(typeof identities)[0]];
    const parsed = new X509Certificate(certificate);
    expect(parsed.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
    expect(parsed.verify(new X509Certificate(authority).publicKey)).toBe(true);
    expect(await run("SELECT FROM audit_log WHERE action = 'manager_certificate.issue'")).toHaveLength(1);
  });

  it('is replaced after two thirds of its life, everywhere', async () => {
    const [one, other] = [await startWorker(), await startWorker()];
    const first = await one.current();
    clock.passedMs = 59 * dayMs;
    expect(await other.current()).toEqual(first);
    clock.passedMs = 60 * dayMs;
    const second = await one.current();
    expect(second.certificate).not.toBe(first.certificate);
    expect(await other.current()).toEqual(second);
    const { manager } = await readCertificateLives(pools[0]!.manager);
    expect(manager?.notAfter).toEqual(second.notAfter);
  });

  it('is replaced when it is revoked, and when there is another authority', async () => {
    const worker = await startWorker();
    const first = await worker.current();
    await run('UPDATE agent_certificates SET revoked_at = now()');
    const second = await worker.current();
    expect(second.certificate).not.toBe(first.certificate);
    await run('DELETE FROM pki_authorities');
    await startWorker();
    const third = await worker.current();
    expect(third.authority).not.toBe(second.authority);
    expect(
      new X509Certificate(third.certificate).verify(new X509Certificate(third.authority).publicKey),
    ).toBe(true);
  });

  it('SEC-K2 has its key in the database sealed, and it opens in no other row', async () => {
    const worker = await startWorker();
    await worker.current();
    const [stored, ...others] = await managerKeyColumn.read(pools[0]!.manager);
    expect(others).toEqual([]);
    expect(sealer.open(stored!.sealed, stored!.place).toString()).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const row = await run("SELECT encode(private_key_encrypted, 'escape') AS text, * FROM manager_keys");
    expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
    await run(`INSERT INTO agent_certificates (id, kind, authority_id, serial, fingerprint, certificate, not_before,
        not_after, created_at)
      SELECT gen_random_uuid(), kind, authority_id, repeat('ab', 16), repeat('ab', 32), certificate, not_before,
        not_after, created_at FROM agent_certificates`);
    await run(`UPDATE manager_keys SET certificate_id =
      (SELECT id FROM agent_certificates WHERE serial = repeat('ab', 16))`);
    await expect((await startWorker()).current()).rejects.toThrow('not_authentic');
  });
});
