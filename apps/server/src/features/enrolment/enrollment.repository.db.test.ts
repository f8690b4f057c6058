import sql from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { execute, query } from '../../platform/database/query.js';
import { forgetSpent, hasDuplicateMachines } from './enrollment.repository.js';
import { machineIdCheck } from './machine-id-check.js';

const machineId = 'ab'.repeat(16);
const now = new Date('2031-05-06T07:08:09.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

let database: TestDatabase;
let dataSource: DataSource;
let machines = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});
beforeEach(async () => {
  for (const table of [sql`DELETE FROM hosts`, sql`DELETE FROM enrollment_requests`])
    await execute(dataSource.manager, table);
});

async function addHost(machine: string | null): Promise<void> {
  machines += 1;
  await execute(
    dataSource.manager,
    sql`INSERT INTO hosts (id, fqdn, address, agent_port, machine_id, created_at, updated_at)
      VALUES (gen_random_uuid(), ${`m-${machines}`}, ${`10.0.0.${machines}`}, 12443, ${machine}, now(), now())`,
  );
}

async function addRequest(expiresAt: Date, state = 'pending'): Promise<void> {
  machines += 1;
  await execute(
    dataSource.manager,
    sql`INSERT INTO enrollment_requests (id, polling_token_hash, state, agent, machine_id, fqdn, address, agent_port,
        os_details, source_address, source_network, created_at, expires_at)
      VALUES (gen_random_uuid(), sha256(${`p-${machines}`}::bytea), ${state}, 'public', ${machineId}, ${`m-${machines}`},
        ${`10.0.0.${machines}`}, 12443, '{}', '', '', now(), ${expiresAt})`,
  );
}

const isAlarmed = () => hasDuplicateMachines(dataSource.manager, now);

describe('one machine id for two machines', () => {
  it('is an alarm when both are hosts', async () => {
    await addHost(null);
    await addHost(null);
    await addHost(machineId);
    expect(await isAlarmed()).toBe(false);
    await addHost(machineId);
    expect(await isAlarmed()).toBe(true);
    const check = machineIdCheck(dataSource, new SystemClock());
    expect(await check.check(new AbortController().signal)).toEqual({
      status: 'degraded',
      reason: 'duplicate',
    });
  });

  it('is an alarm while one of them asks to be a host, and no longer', async () => {
    await addHost(machineId);
    await addRequest(now);
    await addRequest(hoursAgo(-1), 'denied');
    expect(await isAlarmed()).toBe(false);
    await addRequest(hoursAgo(-1));
    expect(await isAlarmed()).toBe(true);
  });

  it('is none of strangers alone, who could make health look bad', async () => {
    await addRequest(hoursAgo(-1));
    await addRequest(hoursAgo(-1));
    expect(await isAlarmed()).toBe(false);
  });
});

it('forgets requests and tokens a day after they have expired', async () => {
  const { manager } = dataSource;
  await addRequest(hoursAgo(25));
  await addRequest(hoursAgo(23), 'denied');
  for (const hours of [25, 23]) {
    await execute(
      manager,
      sql`INSERT INTO enrollment_tokens (id, token_hash, created_at, expires_at)
        VALUES (gen_random_uuid(), sha256(${`t-${hours}`}::bytea), now(), ${hoursAgo(hours)})`,
    );
  }
  expect(await forgetSpent(manager, now)).toBe(2);
  expect(await forgetSpent(manager, now)).toBe(0);
  const left = sql`SELECT state FROM enrollment_requests UNION ALL SELECT 'token' FROM enrollment_tokens`;
  expect(await query(manager, left)).toEqual([{ state: 'denied' }, { state: 'token' }]);
});
