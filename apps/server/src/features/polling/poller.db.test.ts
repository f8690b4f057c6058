import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { Prober, WorkPermits } from '@patchgate/probes';
import { Registry } from '@patchgate/service-health';
import { phases } from '@patchgate/domain';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sql from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { execute } from '../../platform/database/query.js';
import { createLogger } from '../../platform/logger/logger.js';
import { Sealer } from '../../platform/secrets/sealer.js';
import { PolledChecks } from '../health-checks/polled-checks.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';
import { nextDue } from './due-time.js';
import { PollMetrics } from './poll-metrics.js';
import { Poller } from './poller.js';

const intervalMs = 300_000;
const deadlineMs = 2_000;
const clock = new SystemClock();
const recorder = new ResultRecorder(clock, { pollIntervalMs: intervalMs, checkTimeoutMs: deadlineMs });
const sealer = new Sealer('this installation', 'k1', new Map([['k1', { id: 'k1', bytes: randomBytes(32) }]]));

let database: TestDatabase;
let app: DataSource;
let target: Server;
let url: string;
let answer: RequestListener;
let poller: Poller;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  await recorder.ensurePartitions(app.manager);
  target = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  target.close();
  await app.destroy();
  await database.drop();
});
beforeEach(async () => {
  await app.query('DELETE FROM hosts');
  answer = (_request, response) => response.end('ready');
  poller = newPoller();
});
afterEach(() => poller.stop());

function newPoller(mostChecks = 1_000): Poller {
  const prober = new Prober(
    {
      deadlineMs,
      policy: createDialPolicy({ allow: ['127.0.0.0/8'] }),
      resolve: systemResolve,
      trust: new TlsTrust({ roots: [] }),
      mutualTrust: null,
      permits: new WorkPermits(100),
      nowMs: () => clock.monotonicMs(),
    },
    { probe: () => Promise.reject(new Error('no check here is of a service')) },
  );
  const logger = createLogger('test', 'silent');
  const checks = new PolledChecks(sealer, logger);
  return new Poller({
    ...{ dataSource: app, clock, logger, intervalMs, deadlineMs, mostChecks },
    metrics: new PollMetrics(new Registry(), () => null),
    loadChecks: (db, hostIds) => checks.loadChecks(db, hostIds),
    probe: (check) => prober.probe(check),
    record: (db, results) => recorder.record(db, results),
    changed: () => Promise.resolve(),
  });
}

/** Hosts with checks on the target, due now, whose own place in the interval does not come while a test looks. */
async function seed(hosts: number, checksEach = 1): Promise<void> {
  const seeded = await seedHosts(app, { hosts, checksEach, url: () => url });
  await execute(
    app.manager,
    sql`UPDATE host_health SET phase = (phase + ${phases / 2}::int) % ${phases}::int
      WHERE ${nextDue(sql`phase`, intervalMs)} < now() + make_interval(secs => ${intervalMs / 2000})`,
  );
  await app.transaction((db) =>
    recorder.checksChanged(
      db,
      seeded.map(({ id }) => id),
    ),
  );
}

const dueAgain = () => app.query('UPDATE host_health SET next_poll_at = now(), lease_until = NULL');

/** Ticks until every host has been given back with its results. */
async function poll(): Promise<void> {
  await vi.waitFor(
    async () => {
      await poller.tick();
      const [row] = await app.query<{ open: number }[]>(
        'SELECT count(*)::int AS open FROM host_health WHERE next_poll_at <= now() OR lease_until IS NOT NULL',
      );
      expect(row?.open).toBe(0);
    },
    { timeout: 15_000, interval: 100 },
  );
}

const statuses = async () =>
  await app.query<{ status: string; n: number }[]>(
    'SELECT status, count(*)::int AS n FROM health_check_state GROUP BY status',
  );
const hostStatuses = async () =>
  await app.query<{ status: string; n: number }[]>(
    'SELECT health_check_status AS status, count(*)::int AS n FROM host_health GROUP BY 1',
  );

test('what is due is measured once, recorded, rolled up and due an interval later', async () => {
  let asked = 0;
  answer = (_request, response) => {
    asked += 1;
    response.end('ready');
  };
  await seed(20, 3);
  await poll();
  expect(asked).toBe(60);
  expect(await statuses()).toEqual([{ status: 'healthy', n: 60 }]);
  expect(await hostStatuses()).toEqual([{ status: 'healthy', n: 20 }]);
  const [results] = await app.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM host_health_check_results',
  );
  expect(results?.n).toBeGreaterThanOrEqual(60);
  await poller.tick();
  expect(asked).toBe(60);
});

test('no more checks are under way than there may be, and those that ended make room', async () => {
  const open: (() => void)[] = [];
  answer = (_request, response) => open.push(() => response.end('ready'));
  await seed(3, 5);
  poller = newPoller(10);
  await poller.tick();
  await vi.waitFor(() => expect(open).toHaveLength(10));
  await poller.tick();
  const [row] = await app.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM host_health WHERE lease_until IS NOT NULL',
  );
  expect(row?.n).toBe(2);
  answer = (_request, response) => response.end('ready');
  for (const end of open) end();
  await poll();
  expect(await statuses()).toEqual([{ status: 'healthy', n: 15 }]);
});

test('a change is measured again soon, a second result that agrees is not', async () => {
  await seed(1);
  await poll();
  const soon = () =>
    app.query<{ soon: boolean }[]>(
      "SELECT next_poll_at < now() + interval '21 seconds' AS soon FROM host_health",
    );
  expect(await soon()).toEqual([{ soon: true }]);
  await dueAgain();
  await poll();
  const [row] = await app.query<{ n: number }[]>('SELECT consecutive_results AS n FROM health_check_state');
  expect(row?.n).toBe(2);
});

test('a target that is down is unhealthy with its reason at the first failure, and healthy at the first success', async () => {
  await seed(1);
  await poll();
  answer = (_request, response) => response.writeHead(503).end();
  await dueAgain();
  await poll();
  expect(await app.query('SELECT status, last_reason, last_detail FROM health_check_state')).toEqual([
    { status: 'unhealthy', last_reason: 'status', last_detail: 'HTTP 503' },
  ]);
  expect(await hostStatuses()).toEqual([{ status: 'unhealthy', n: 1 }]);
  answer = (_request, response) => response.end('ready');
  await dueAgain();
  await poll();
  expect(await hostStatuses()).toEqual([{ status: 'healthy', n: 1 }]);
  const flips = await app.query<{ status: string }[]>('SELECT status FROM health_check_flips ORDER BY at');
  expect(flips.map(({ status }) => status)).toEqual(['healthy', 'unhealthy', 'healthy']);
});

test('a check that was changed while it was measured keeps nothing of that', async () => {
  answer = (_request, response) => {
    void app
      .query('UPDATE host_health_checks SET revision = revision + 1')
      .then(() => app.query("UPDATE health_check_state SET revision = revision + 1, status = 'unknown'"))
      .then(() => response.end('ready'));
  };
  await seed(1);
  await poll();
  expect(await app.query('SELECT status, last_result_at FROM health_check_state')).toEqual([
    { status: 'unknown', last_result_at: null },
  ]);
});

test('a check that was deleted while it was measured does no harm to the others', async () => {
  await seed(2);
  const [victim] = await app.query<{ id: string }[]>('SELECT id FROM hosts LIMIT 1');
  answer = (_request, response) => {
    void app.query('DELETE FROM hosts WHERE id = $1', [victim?.id]).then(() => response.end('ready'));
  };
  await poll();
  expect(await hostStatuses()).toEqual([{ status: 'healthy', n: 1 }]);
});

test('a check whose password does not open is unhealthy and says so, though its target would answer anybody', async () => {
  await seed(1, 2);
  await poll();
  expect(await hostStatuses()).toEqual([{ status: 'healthy', n: 1 }]);
  await app.query(
    `UPDATE host_health_checks SET basic_auth_user = 'anna', basic_auth_pass_encrypted = decode(repeat('00', 32), 'hex'),
       basic_auth_pass_nonce = decode(repeat('00', 12), 'hex'), secret_key_id = 'k1' WHERE slot = 1`,
  );
  await dueAgain();
  await poll();
  expect(
    await app.query(
      'SELECT c.slot, s.status, s.last_reason FROM health_check_state s JOIN host_health_checks c ON c.id = s.check_id ORDER BY slot',
    ),
  ).toEqual([
    { slot: 1, status: 'unhealthy', last_reason: 'secret_unreadable' },
    { slot: 2, status: 'healthy', last_reason: 'ok' },
  ]);
  expect(await hostStatuses()).toEqual([{ status: 'unhealthy', n: 1 }]);
});

test('when most of what was healthy fails at once, the worker believes the first and then doubts itself', async () => {
  await seed(40, 2);
  await poll();
  await dueAgain();
  answer = (_request, response) => response.destroy();
  await poll();
  const [flipped] = await app.query<{ n: number }[]>(
    "SELECT count(*)::int AS n FROM health_check_state WHERE status = 'unhealthy'",
  );
  const [suspect] = await app.query<{ n: number }[]>(
    `SELECT count(DISTINCT r.check_id)::int AS n FROM host_health_check_results r
     JOIN health_check_state s ON s.check_id = r.check_id AND s.status = 'healthy' WHERE r.suspect AND NOT r.healthy`,
  );
  expect(flipped!.n).toBeLessThan(40);
  expect(suspect!.n).toBe(80 - flipped!.n);
  await dueAgain();
  await poll();
  expect(await statuses()).toEqual(expect.arrayContaining([{ status: 'healthy', n: 80 - flipped!.n }]));
});

test('a few that fail are believed', async () => {
  await seed(12, 2);
  await poll();
  await app.query(
    'UPDATE host_health SET next_poll_at = now() WHERE host_id IN (SELECT host_id FROM host_health ORDER BY host_id LIMIT 5)',
  );
  answer = (_request, response) => response.destroy();
  await poll();
  expect(await hostStatuses()).toEqual(
    expect.arrayContaining([
      { status: 'healthy', n: 7 },
      { status: 'unhealthy', n: 5 },
    ]),
  );
});

test('a worker that stops writes what it has measured and takes nothing more', async () => {
  await seed(5);
  await poller.tick();
  await poller.stop();
  expect(await hostStatuses()).toEqual([{ status: 'healthy', n: 5 }]);
  await dueAgain();
  await poller.tick();
  const [row] = await app.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM host_health WHERE lease_until IS NOT NULL',
  );
  expect(row?.n).toBe(0);
});
