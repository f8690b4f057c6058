import { nextDueMs, phasesDue } from '@patchgate/domain';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { pollSoon } from '../results/roll-up.repository.js';
import { abandonHosts, claimDueHosts, pollLagMs, releaseHosts } from './due-hosts.repository.js';

const intervalMs = 300_000;
const recheckMs = 20_000;
const claimAll = { ranges: null, limit: 100, leaseMs: 30_000 };

let database: TestDatabase;
let admin: Client;
let app: DataSource;
let added = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client(database.adminUrl);
  await admin.connect();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
});
afterAll(async () => {
  await app.destroy();
  await admin.end();
  await database.drop();
});
beforeEach(() => admin.query('DELETE FROM hosts'));

/** Hosts that are due for as long as is given; null has never anything to poll. */
async function addHosts(count: number, dueSince: string | null): Promise<void> {
  await admin.query(
    `WITH made AS (
       INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
       SELECT gen_random_uuid(), gen_random_uuid() || '.example.org', '10.0.0.0'::inet + $2::int + n, 12443, now(), now()
       FROM generate_series(1, ${count}) AS n RETURNING id, fqdn)
     INSERT INTO host_health (host_id, fqdn, phase, next_poll_at, checks_total)
     SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int, now() - $1::interval, 1 FROM made`,
    [dueSince, added],
  );
  added += count;
}

const rowOf = async (hostId: string) => {
  const { rows } = await admin.query<{ phase: number; next_poll_at: Date; lease_until: Date | null }>(
    'SELECT phase, next_poll_at, lease_until FROM host_health WHERE host_id = $1',
    [hostId],
  );
  return rows[0]!;
};

test('takes what is due and nothing else, up to the limit, the longest waiting first', async () => {
  await addHosts(3, '10 seconds');
  await addHosts(3, '-1 seconds');
  await addHosts(3, null);
  await addHosts(1, '1 hour');
  const [first, ...others] = await claimDueHosts(app.manager, { ...claimAll, limit: 1 });
  expect(first?.lagMs).toBeGreaterThan(3_599_900);
  expect(others).toEqual([]);
  expect(await claimDueHosts(app.manager, claimAll)).toHaveLength(3);
  expect(await claimDueHosts(app.manager, claimAll)).toEqual([]);
});

test('two workers never get one host', async () => {
  await addHosts(200, '1 second');
  const claims = await Promise.all(
    Array.from({ length: 8 }, () => claimDueHosts(app.manager, { ...claimAll, limit: 50 })),
  );
  const ids = claims.flat().map(({ hostId }) => hostId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test('by phase, finds exactly those whose moment has come', async () => {
  await addHosts(500, '1 second');
  const nowMs = Date.now();
  const ranges = phasesDue(nowMs, 30_000, intervalMs);
  const claimed = await claimDueHosts(app.manager, { ...claimAll, ranges, limit: 500 });
  const { rows } = await admin.query<{ host_id: string; phase: number }>(
    'SELECT host_id, phase FROM host_health',
  );
  const expected = rows.filter(({ phase }) => ranges.some(({ from, to }) => phase >= from && phase <= to));
  expect(claimed.map(({ hostId }) => hostId).sort()).toEqual(expected.map(({ host_id }) => host_id).sort());
});

test('a host that is given back is due at its place in the interval', async () => {
  await addHosts(5, '1 hour');
  for (const { hostId, fence } of await claimDueHosts(app.manager, claimAll)) {
    await releaseHosts(app.manager, [{ hostId, fence, isUnsettled: false }], { intervalMs, recheckMs });
    const { phase, next_poll_at, lease_until } = await rowOf(hostId);
    expect(lease_until).toBeNull();
    const expected = nextDueMs(phase, intervalMs, next_poll_at.getTime() - intervalMs);
    expect(Math.abs(next_poll_at.getTime() - expected)).toBeLessThanOrEqual(1);
    expect(next_poll_at.getTime() - Date.now()).toBeGreaterThan(-1_000);
    expect(next_poll_at.getTime() - Date.now()).toBeLessThanOrEqual(intervalMs + 1_000);
  }
});

test('one that has just changed is due again soon', async () => {
  await addHosts(1, '1 second');
  const [claim] = await claimDueHosts(app.manager, claimAll);
  await releaseHosts(app.manager, [{ ...claim!, isUnsettled: true }], { intervalMs, recheckMs });
  const { next_poll_at } = await rowOf(claim!.hostId);
  expect(next_poll_at.getTime() - Date.now()).toBeLessThanOrEqual(recheckMs + 1_000);
});

test('a host whose checks are changed while it is polled waits for the end of that, and is due then', async () => {
  await addHosts(1, '1 second');
  const [claim] = await claimDueHosts(app.manager, claimAll);
  await pollSoon(app.manager, [claim!.hostId], new Date(Date.now() - 1_000));
  expect(await claimDueHosts(app.manager, claimAll)).toEqual([]);
  await releaseHosts(app.manager, [{ ...claim!, isUnsettled: false }], { intervalMs, recheckMs });
  expect(await claimDueHosts(app.manager, claimAll)).toHaveLength(1);
});

test('a host that loses its last check while it is polled is not polled again', async () => {
  await addHosts(1, '1 second');
  const [claim] = await claimDueHosts(app.manager, claimAll);
  await admin.query('UPDATE host_health SET checks_total = 0');
  await pollSoon(app.manager, [claim!.hostId], new Date());
  await releaseHosts(app.manager, [{ ...claim!, isUnsettled: false }], { intervalMs, recheckMs });
  expect((await rowOf(claim!.hostId)).next_poll_at).toBeNull();
});

test('a worker that dies leaves its hosts due when the lease ends, and can give nothing back later', async () => {
  await addHosts(1, '1 second');
  const [dead] = await claimDueHosts(app.manager, claimAll);
  expect(await claimDueHosts(app.manager, claimAll)).toEqual([]);
  await admin.query(
    // The column rounds to milliseconds, up as well.
    `UPDATE host_health SET lease_until = now() - interval '1 ms', next_poll_at = now() - interval '1 ms'
     WHERE lease_until IS NOT NULL`,
  );
  const [successor] = await claimDueHosts(app.manager, claimAll);
  expect(successor?.hostId).toBe(dead?.hostId);
  await releaseHosts(app.manager, [{ ...dead!, isUnsettled: false }], { intervalMs, recheckMs });
  await abandonHosts(app.manager, [dead!]);
  expect((await rowOf(dead!.hostId)).lease_until).not.toBeNull();
});

test('a worker that stops gives back what it has not polled, due at once', async () => {
  await addHosts(2, '1 second');
  await abandonHosts(app.manager, await claimDueHosts(app.manager, claimAll));
  expect(await claimDueHosts(app.manager, claimAll)).toHaveLength(2);
});

test('the lag is that of the latest host, and zero when none waits', async () => {
  expect(await pollLagMs(app.manager)).toBe(0);
  await addHosts(1, '-10 seconds');
  expect(await pollLagMs(app.manager)).toBe(0);
  await addHosts(2, '5 seconds');
  await addHosts(1, '90 seconds');
  expect(await pollLagMs(app.manager)).toBeGreaterThan(89_900);
});

test('a claim by phase reads the hosts of that phase, not all of them', async () => {
  await addHosts(5_000, '-100 seconds');
  await admin.query('ANALYZE host_health');
  const { rows } = await admin.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT host_id FROM host_health WHERE next_poll_at <= now() AND phase BETWEEN 1000 AND 5000`,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/host_health_phase_idx/);
});
