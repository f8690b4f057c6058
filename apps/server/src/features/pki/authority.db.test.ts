import { X509Certificate } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { insertActiveKey } from '../../platform/secrets/secret-key.repository.js';
import { toSecretKey } from '../../platform/secrets/secret-key.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { authorityKeyColumn } from './authority.repository.js';
import { AuthorityService } from './authority.service.js';

let database: TestDatabase;
let pools: DataSource[];
beforeEach(async () => {
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

const key = toSecretKey(Buffer.alloc(32, 7));
const sealer = new Sealer('one installation', key.id, new Map([[key.id, key]]));
const clock = new SystemClock();
const names = [{ type: 'ip', value: '192.0.2.7' }] as const;

/** As one of several processes has it, with a pool of its own. */
async function startService(): Promise<AuthorityService> {
  const pool = await createDataSource(database.appUrl, { applicationName: 'test', poolSize: 2 }).initialize();
  pools.push(pool);
  return new AuthorityService(pool, new UnitOfWork(pool, clock), sealer, clock);
}

const run = (statement: string) => pools[0]!.query<Record<string, unknown>[]>(statement);

describe('the authority', () => {
  it('is made once however many processes ask together, and stays the same', async () => {
    const services = await Promise.all(Array.from({ length: 8 }, startService));
    await Promise.all(services.map((service) => service.ensure()));
    const certificates = new Set(await Promise.all(services.map((service) => service.certificate())));
    expect(certificates.size).toBe(1);
    expect(await run('SELECT id FROM pki_authorities')).toHaveLength(1);
    await services[0]!.ensure();
    expect(new Set([await services[0]!.certificate()])).toEqual(certificates);
    const [certificate = ''] = certificates;
    expect(await run("SELECT details FROM audit_log WHERE action = 'pki_authority.create'")).toEqual([
      { details: { sha256: new X509Certificate(certificate).fingerprint256 } },
    ]);
  });

  it('issues certificates that it vouches for, each with a serial number and a key of its own', async () => {
    const service = await startService();
    await service.ensure();
    const ca = new X509Certificate(await service.certificate());
    const issued = await Promise.all([
      service.issueServerCertificate(names),
      service.issueServerCertificate(names),
    ]);
    const [first, second] = issued.map(({ certificate }) => new X509Certificate(certificate));
    for (const one of [first!, second!]) expect(one.verify(ca.publicKey)).toBe(true);
    expect(first!.serialNumber).not.toBe(second!.serialNumber);
    expect(issued[0].privateKey).not.toBe(issued[1].privateKey);
  });

  it('issues nothing before it is made', async () => {
    await expect((await startService()).issueServerCertificate(names)).rejects.toThrow(
      'has not been made yet',
    );
  });
});

describe("SEC-K2 the authority's key", () => {
  it('lies in the database sealed, under the key of the installation, with nothing readable about it', async () => {
    const service = await startService();
    await service.ensure();
    const [stored, ...others] = await authorityKeyColumn.read(pools[0]!.manager);
    expect(others).toEqual([]);
    expect(stored!.sealed.keyId).toBe(key.id);
    const opened = sealer.open(stored!.sealed, stored!.place);
    const row = JSON.stringify(
      await run("SELECT encode(private_key_encrypted, 'hex') AS key, * FROM pki_authorities"),
    );
    expect(row).not.toContain(opened.subarray(0, 16).toString('hex'));
    expect(row).toContain(stored!.sealed.ciphertext.toString('hex'));
  });

  it('does not open in another row', async () => {
    const service = await startService();
    await service.ensure();
    await run("UPDATE pki_authorities SET id = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01'");
    await expect(service.issueServerCertificate(names)).rejects.toThrow(
      'pki_authorities.private_key_encrypted of 0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01 cannot be opened: not_authentic',
    );
  });
});
