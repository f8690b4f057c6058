import { freshForMs, hostStatus } from '@patchgate/domain';
import type { CheckStatus } from '@patchgate/domain';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/test-database.js';
import type { TestDatabase } from '../../../../../tests/test-database.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { channel } from '../../platform/events/publish.js';
import { ResultRecorder } from './result-recorder.js';
import type { MeasuredResult } from './measured-result.js';
import { measured, seedHosts } from './results.fixture.js';

const start = new Date('2026-03-26T10:30:00.000Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const config = { pollIntervalMs: 300_000, checkTimeoutMs: 10_000 };
const freshMs = freshForMs(config.pollIntervalMs, config.checkTimeoutMs);

let database: TestDatabase;
let app: DataSource;
let listener: Client;
const heard: string[] = [];
const clock = new MovedClock(start);
const recorder = new ResultRecorder(clock, config);

beforeAll(async () => {
  database = await createTestDatabase();
  app = await createDataSource(database.appUrl, { applicationName: 'test' }).initialize();
  listener = new Client(database.adminUrl);
  await listener.connect();
  await listener.query(`LISTEN ${channel}`);
  listener.on('notification', ({ payload = '' }) => heard.push(payload));
  await recorder.ensurePartitions(app.manager);
});
afterAll(async () => {
  await listener.end();
  await app.destroy();
  await database.drop();
});

const record = (results: readonly MeasuredResult[]) => app.transaction((db) => recorder.record(db, results));
const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await app.query<T[]>(text, values)) as T[];
const stateOf = async (checkId: string) =>
  (
    await rows<Record<string, unknown>>('SELECT * FROM health_check_state WHERE check_id = $1', [checkId])
  )[0]!;
const healthOf = async (hostId: string) =>
  (await rows<Record<string, unknown>>('SELECT * FROM host_health WHERE host_id = $1', [hostId]))[0]!;
const told = async (): Promise<string[]> => {
  // Notifications come in order, so what was sent before this one has come.
  await app.query(`SELECT pg_notify('${channel}', 'end')`);
  await vi.waitFor(() => expect(heard.at(-1)).toBe('end'));
  return heard.splice(0).filter((payload) => payload !== 'end');
};

async function seedOne(checks = 1) {
  const [host] = await seedHosts(app, 1, checks);
  await app.transaction((db) => recorder.checksChanged(db, [host!.id]));
  await told();
  return host!;
}

describe('a result', () => {
  it('is stored, moves the state, flips once and tells of the change', async () => {
    const host = await seedOne();
    await record([measured(host, at(1))]);
    await record([measured(host, at(2))]);
    await record([measured(host, at(3), { healthy: false })]);
    const [checkId] = host.checkIds;
    expect(await stateOf(checkId!)).toMatchObject({
      status: 'unhealthy',
      since: at(3),
      last_result_at: at(3),
      last_reason: 'connect',
      last_detail: 'connection refused',
      consecutive_failures: 1,
      consecutive_results: 1,
    });
    const flips = await rows('SELECT status, at FROM health_check_flips WHERE check_id = $1 ORDER BY at', [
      checkId,
    ]);
    expect(flips).toEqual([
      { status: 'healthy', at: at(1) },
      { status: 'unhealthy', at: at(3) },
    ]);
    expect(
      await rows(
        'SELECT healthy, detail FROM host_health_check_results WHERE check_id = $1 ORDER BY checked_at',
        [checkId],
      ),
    ).toEqual([
      { healthy: true, detail: null },
      { healthy: true, detail: null },
      { healthy: false, detail: 'connection refused' },
    ]);
    expect(await told()).toEqual(Array(2).fill(JSON.stringify({ topic: 'check', ids: [host.id] })));
  });

  it('that comes twice, late or in doubt changes nothing', async () => {
    const host = await seedOne();
    await record([measured(host, at(10))]);
    const before = await stateOf(host.checkIds[0]!);
    await told();
    await record([measured(host, at(10), { healthy: false })]);
    await record([measured(host, at(9), { healthy: false })]);
    await record([measured(host, at(11), { healthy: false, suspect: true })]);
    expect(await stateOf(host.checkIds[0]!)).toEqual(before);
    expect(await told()).toEqual([]);
  });

  it('of an older revision says nothing of the check as it is now', async () => {
    const host = await seedOne();
    await record([measured(host, at(1))]);
    await app.query('UPDATE host_health_checks SET revision = 2 WHERE id = $1', [host.checkIds[0]]);
    await app.transaction((db) => recorder.checksChanged(db, [host.id]));
    expect(await healthOf(host.id)).toMatchObject({ health_check_status: 'unknown', checks_unknown: 1 });
    await record([measured(host, at(2))]);
    expect(await stateOf(host.checkIds[0]!)).toMatchObject({ status: 'unknown', revision: 2 });
    await record([measured(host, at(3), { revision: 2 })]);
    expect(await healthOf(host.id)).toMatchObject({ health_check_status: 'healthy' });
  });

  it('of a deleted check does no harm', async () => {
    const host = await seedOne();
    await app.query('DELETE FROM host_health_checks WHERE id = $1', [host.checkIds[0]]);
    await record([measured(host, at(1))]);
    expect(await told()).toEqual([]);
  });

  it('follows others of its check in one batch, in the order of their times', async () => {
    const host = await seedOne();
    await record([measured(host, at(3)), measured(host, at(1)), measured(host, at(2), { healthy: false })]);
    expect(await stateOf(host.checkIds[0]!)).toMatchObject({ status: 'healthy', since: at(3) });
    expect(
      await rows('SELECT status FROM health_check_flips WHERE check_id = $1 ORDER BY at', [host.checkIds[0]]),
    ).toEqual([{ status: 'healthy' }, { status: 'unhealthy' }, { status: 'healthy' }]);
  });
});

describe('a host', () => {
  it('is polled at once after a change, and not at all without an enabled check', async () => {
    const host = await seedOne();
    expect(await healthOf(host.id)).toMatchObject({ next_poll_at: start, checks_total: 1 });
    await app.query('UPDATE host_health_checks SET enabled = false WHERE host_id = $1', [host.id]);
    await app.transaction((db) => recorder.checksChanged(db, [host.id]));
    expect(await healthOf(host.id)).toMatchObject({
      next_poll_at: null,
      checks_total: 0,
      health_check_status: 'none',
    });
  });

  it('is rolled up of all its checks, though two batches measure them at the same time', async () => {
    const host = await seedOne(2);
    // The first has written its state and waits; the second must see it although it began before the commit.
    const first = app.createQueryRunner();
    await first.startTransaction();
    await recorder.record(first.manager, [measured(host, at(1), { check: 0 })]);
    const second = record([measured(host, at(1), { check: 1 })]);
    await vi.waitFor(async () => {
      const waiting =
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
      expect((await listener.query(waiting)).rowCount).toBe(1);
    });
    await first.commitTransaction();
    await first.release();
    await second;
    expect(await healthOf(host.id)).toMatchObject({ health_check_status: 'healthy', checks_healthy: 2 });
  });

  it('has the status and the freshness that the domain says, whatever its checks have', async () => {
    const seeded = await seedHosts(app, 300, 5);
    const now = at(3000);
    const random = randomNumbers(20_260_326);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
    const ages = [0, 1, freshMs - 1, freshMs, freshMs + 1, 2 * freshMs];
    const checks = seeded.flatMap(({ id, checkIds }) =>
      checkIds.slice(0, Math.floor(random() * 6)).map((checkId) => ({
        host_id: id,
        checkId,
        enabled: random() < 0.8,
        status: pick<CheckStatus>(['healthy', 'healthy', 'healthy', 'unhealthy', 'unknown']),
        lastResultAt: random() < 0.1 ? null : new Date(now.getTime() - pick(ages)),
      })),
    );
    await app.query('DELETE FROM host_health_checks WHERE id <> ALL ($1) AND host_id = ANY ($2)', [
      checks.map(({ checkId }) => checkId),
      seeded.map(({ id }) => id),
    ]);
    clock.passedMs = 3_000_000;
    await app.transaction((db) =>
      recorder.checksChanged(
        db,
        seeded.map(({ id }) => id),
      ),
    );
    for (const { checkId, enabled, status, lastResultAt } of checks) {
      await app.query('UPDATE host_health_checks SET enabled = $2 WHERE id = $1', [checkId, enabled]);
      await app.query('UPDATE health_check_state SET status = $2, last_result_at = $3 WHERE check_id = $1', [
        checkId,
        status,
        lastResultAt,
      ]);
    }
    await app.transaction((db) =>
      recorder.checksChanged(
        db,
        seeded.map(({ id }) => id),
      ),
    );
    clock.passedMs = 0;
    const seen = new Set<string>();
    for (const { id } of seeded) {
      const own = checks.filter(({ host_id, enabled }) => host_id === id && enabled);
      const health = await healthOf(id);
      const status = hostStatus(own, now, freshMs);
      expect(health.health_check_status).toBe(status);
      expect(health.checks_total).toBe(own.length);
      const stillSo = (ms: number) => hostStatus(own, new Date(ms), freshMs) === status;
      if (status === 'healthy' || status === 'unhealthy') {
        const until = (health.fresh_until as Date).getTime();
        expect([stillSo(until), stillSo(until + 1)]).toEqual([true, false]);
      }
      seen.add(status);
    }
    expect([...seen].sort()).toEqual(['healthy', 'none', 'unhealthy', 'unknown']);
  });
});

describe('a batch of 2,000 results', () => {
  it('costs the same number of statements as one result, and one notification', async () => {
    const seeded = await seedHosts(app, 400, 5);
    await app.transaction((db) =>
      recorder.checksChanged(
        db,
        seeded.map(({ id }) => id),
      ),
    );
    await told();
    const results = seeded.flatMap((host) =>
      host.checkIds.map((_, check) => measured(host, at(1), { check })),
    );
    expect(results).toHaveLength(2000);
    const statements = await countingStatements(async () => {
      await record(results);
    });
    // BEGIN and COMMIT, results, states locked and written, flips, hosts locked and rolled up, one notification.
    expect(statements).toBe(9);
    expect(await told()).toEqual([JSON.stringify({ topic: 'check', refetch: true })]);
    const { rows: counts } = await listener.query(
      "SELECT count(*)::int AS n FROM host_health WHERE health_check_status = 'healthy' AND host_id = ANY ($1)",
      [seeded.map(({ id }) => id)],
    );
    expect(counts).toEqual([{ n: 400 }]);
  });
});

describe('the partitions', () => {
  it('of this hour and the next are made where there are none, through the definer alone', async () => {
    const later = new ResultRecorder(new MovedClock(new Date('2026-04-01T23:10:00.000Z')), config);
    await later.ensurePartitions(app.manager);
    await later.ensurePartitions(app.manager);
    expect(
      await rows(
        `SELECT relname FROM pg_class WHERE relname LIKE 'host_health_check_results_202604%' AND relkind = 'r' ORDER BY 1`,
      ),
    ).toEqual([
      { relname: 'host_health_check_results_2026040123' },
      { relname: 'host_health_check_results_2026040200' },
    ]);
  });

  it('are there for the clock a process really has', async () => {
    const real = new ResultRecorder(new SystemClock(), config);
    await real.ensurePartitions(app.manager);
    const host = await seedOne();
    await record([measured(host, new SystemClock().now())]);
  });
});

/** A generator with a seed (mulberry32), so that a failure is the same failure the next time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function countingStatements(work: () => Promise<void>): Promise<number> {
  const asked = vi.spyOn(Client.prototype, 'query');
  try {
    await work();
    return asked.mock.calls.length;
  } finally {
    asked.mockRestore();
  }
}
