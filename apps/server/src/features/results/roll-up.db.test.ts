import { freshForMs, hostStatus } from '@patchgate/domain';
import type { CheckStatus } from '@patchgate/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { at, config, measured, openRecorder, start } from './results.fixture.js';
import { countChecks } from './roll-up.repository.js';
import { seedHosts } from './seed-hosts.fixture.js';

const freshMs = freshForMs(config.pollIntervalMs, config.checkTimeoutMs);

let test: Awaited<ReturnType<typeof openRecorder>>;
beforeAll(async () => {
  test = await openRecorder();
});
afterAll(() => test.close());

describe('a host', () => {
  it('is polled at once after a change, and not at all without an enabled check', async () => {
    const host = await test.seedOne();
    expect(await test.healthOf(host.id)).toMatchObject({ next_poll_at: start, checks_total: 1 });
    await test.app.query('UPDATE host_health_checks SET enabled = false WHERE host_id = $1', [host.id]);
    await test.changed([host]);
    expect(await test.healthOf(host.id)).toMatchObject({
      next_poll_at: null,
      checks_total: 0,
      health_check_status: 'none',
    });
  });

  it('is rolled up of all its checks, though two batches measure them at the same time', async () => {
    const host = await test.seedOne(2);
    // The first has written its state and waits; the second must see it although it began before the commit.
    const first = test.app.createQueryRunner();
    await first.startTransaction();
    await test.recorder.record(first.manager, [measured(host, at(1), { check: 0 })]);
    const second = test.record([measured(host, at(1), { check: 1 })]);
    await vi.waitFor(async () => {
      const waiting =
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
      expect(await test.rows(waiting)).toHaveLength(1);
    });
    await first.commitTransaction();
    await first.release();
    await second;
    expect(await test.healthOf(host.id)).toMatchObject({ health_check_status: 'healthy', checks_healthy: 2 });
  });

  it('has the status and the freshness that the domain says, whatever its checks have', async () => {
    const now = at(3000);
    const others = await countChecks(test.app.manager, { now, freshMs });
    const seeded = await seedHosts(test.app, { hosts: 300, checksEach: 5 });
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
    await test.app.query('DELETE FROM host_health_checks WHERE id <> ALL ($1) AND host_id = ANY ($2)', [
      checks.map(({ checkId }) => checkId),
      seeded.map(({ id }) => id),
    ]);
    test.clock.passedMs = 3_000_000;
    await test.changed(seeded);
    for (const { checkId, enabled, status, lastResultAt } of checks) {
      await test.app.query('UPDATE host_health_checks SET enabled = $2 WHERE id = $1', [checkId, enabled]);
      await test.app.query(
        'UPDATE health_check_state SET status = $2, last_result_at = $3 WHERE check_id = $1',
        [checkId, status, lastResultAt],
      );
    }
    await test.changed(seeded);
    test.clock.passedMs = 0;
    const counts = await countChecks(test.app.manager, { now, freshMs });
    for (const status of ['healthy', 'unhealthy', 'unknown'] as const) {
      const own = checks.filter((check) => check.enabled && hostStatus([check], now, freshMs) === status);
      expect(own.length).toBeGreaterThan(0);
      expect(counts[status] - others[status]).toBe(own.length);
    }
    const seen = new Set<string>();
    for (const { id } of seeded) {
      const own = checks.filter(({ host_id, enabled }) => host_id === id && enabled);
      const health = await test.healthOf(id);
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
