import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { ResultRecorder } from './result-recorder.js';
import { at, config, measured, openRecorder } from './results.fixture.js';
import { seedHosts } from './seed-hosts.fixture.js';

let test: Awaited<ReturnType<typeof openRecorder>>;
beforeAll(async () => {
  test = await openRecorder();
});
afterAll(() => test.close());

describe('a result', () => {
  it('is stored, moves the state, flips once and tells of the change', async () => {
    const host = await test.seedOne();
    await test.record([measured(host, at(1))]);
    await test.record([measured(host, at(2))]);
    await test.record([measured(host, at(3), { healthy: false })]);
    const [checkId] = host.checkIds;
    expect(await test.stateOf(checkId!)).toMatchObject({
      status: 'unhealthy',
      since: at(3),
      last_result_at: at(3),
      last_reason: 'connect',
      last_detail: 'connection refused',
      consecutive_failures: 1,
      consecutive_results: 1,
    });
    const flips = await test.rows(
      'SELECT status, at FROM health_check_flips WHERE check_id = $1 ORDER BY at',
      [checkId],
    );
    expect(flips).toEqual([
      { status: 'healthy', at: at(1) },
      { status: 'unhealthy', at: at(3) },
    ]);
    expect(
      await test.rows(
        'SELECT healthy, detail FROM host_health_check_results WHERE check_id = $1 ORDER BY checked_at',
        [checkId],
      ),
    ).toEqual([
      { healthy: true, detail: null },
      { healthy: true, detail: null },
      { healthy: false, detail: 'connection refused' },
    ]);
    expect(await test.told()).toEqual(Array(2).fill(JSON.stringify({ topic: 'check', ids: [host.id] })));
  });

  it('that comes twice, late or in doubt changes nothing', async () => {
    const host = await test.seedOne();
    await test.record([measured(host, at(10))]);
    const before = await test.stateOf(host.checkIds[0]!);
    await test.told();
    await test.record([measured(host, at(10), { healthy: false })]);
    await test.record([measured(host, at(9), { healthy: false })]);
    await test.record([measured(host, at(11), { healthy: false, suspect: true })]);
    expect(await test.stateOf(host.checkIds[0]!)).toEqual(before);
    expect(await test.told()).toEqual([]);
  });

  it('of an older revision says nothing of the check as it is now', async () => {
    const host = await test.seedOne();
    await test.record([measured(host, at(1))]);
    await test.app.query('UPDATE host_health_checks SET revision = 2 WHERE id = $1', [host.checkIds[0]]);
    await test.changed([host]);
    expect(await test.healthOf(host.id)).toMatchObject({ health_check_status: 'unknown', checks_unknown: 1 });
    await test.record([measured(host, at(2))]);
    expect(await test.stateOf(host.checkIds[0]!)).toMatchObject({ status: 'unknown', revision: 2 });
    await test.record([measured(host, at(3), { revision: 2 })]);
    expect(await test.healthOf(host.id)).toMatchObject({ health_check_status: 'healthy' });
  });

  it('of a deleted check does no harm', async () => {
    const host = await test.seedOne();
    await test.app.query('DELETE FROM host_health_checks WHERE id = $1', [host.checkIds[0]]);
    await test.record([measured(host, at(1))]);
    expect(await test.told()).toEqual([]);
  });

  it('follows others of its check in one batch, in the order of their times', async () => {
    const host = await test.seedOne();
    await test.record([
      measured(host, at(3)),
      measured(host, at(1)),
      measured(host, at(2), { healthy: false }),
    ]);
    expect(await test.stateOf(host.checkIds[0]!)).toMatchObject({ status: 'healthy', since: at(3) });
    expect(
      await test.rows('SELECT status FROM health_check_flips WHERE check_id = $1 ORDER BY at', [
        host.checkIds[0],
      ]),
    ).toEqual([{ status: 'healthy' }, { status: 'unhealthy' }, { status: 'healthy' }]);
  });
});

describe('a batch of 2,000 results', () => {
  it('costs the same number of statements as one result, and one notification', async () => {
    const seeded = await seedHosts(test.app, { hosts: 400, checksEach: 5 });
    await test.changed(seeded);
    await test.told();
    const results = seeded.flatMap((host) =>
      host.checkIds.map((_, check) => measured(host, at(1), { check })),
    );
    expect(results).toHaveLength(2000);
    const statements = await countingStatements(async () => {
      await test.record(results);
    });
    // BEGIN and COMMIT, results, states locked and written, flips, hosts locked and rolled up, one notification.
    expect(statements).toBe(9);
    expect(await test.told()).toEqual([JSON.stringify({ topic: 'check', refetch: true })]);
    const counts = await test.rows(
      "SELECT count(*)::int AS n FROM host_health WHERE health_check_status = 'healthy' AND host_id = ANY ($1)",
      [seeded.map(({ id }) => id)],
    );
    expect(counts).toEqual([{ n: 400 }]);
  });
});

describe('the partitions', () => {
  it('of this hour and the next are made where there are none, through the definer alone', async () => {
    const later = new ResultRecorder(new MovedClock(new Date('2026-04-01T23:10:00.000Z')), config);
    await later.ensurePartitions(test.app.manager);
    await later.ensurePartitions(test.app.manager);
    expect(
      await test.rows(
        `SELECT relname FROM pg_class WHERE relname LIKE 'host_health_check_results_202604%' AND relkind = 'r' ORDER BY 1`,
      ),
    ).toEqual([
      { relname: 'host_health_check_results_2026040123' },
      { relname: 'host_health_check_results_2026040200' },
    ]);
  });

  it('are there for the clock a process really has', async () => {
    const real = new ResultRecorder(new SystemClock(), config);
    await real.ensurePartitions(test.app.manager);
    const host = await test.seedOne();
    await test.record([measured(host, new SystemClock().now())]);
  });
});

async function countingStatements(work: () => Promise<void>): Promise<number> {
  const asked = vi.spyOn(Client.prototype, 'query');
  try {
    await work();
    return asked.mock.calls.length;
  } finally {
    asked.mockRestore();
  }
}
