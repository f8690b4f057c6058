import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProbeResult } from '@patchgate/probes';
import { attemptsOf, healthy, ill, openGate, retryMs } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import type { RunWorker } from './run-worker.js';

let gate: Gate;
let worker: RunWorker;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());
beforeEach(async () => {
  await gate.clear();
  worker = gate.newWorker();
});
afterEach(() => worker.stop());

/** One host with checks, and its run in a job that may start now. */
async function oneRun(checksEach = 1) {
  const [hostId] = await gate.hosts(1, checksEach);
  const { id: jobId, runIds } = await gate.job({ hostIds: [hostId!] });
  return { hostId: hostId!, runId: runIds[0]!, jobId };
}
const attempted =
  (times: number) =>
  ({ attempt }: { attempt: number }) =>
    expect(attempt).toBe(times);

describe('the gate', () => {
  test('always probes, and opens when all pass: the same claim goes on to the dispatch as the first to send', async () => {
    const { hostId, runId } = await oneRun(2);
    const row = await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect(gate.asked).toEqual([hostId, hostId]);
    expect(row).toMatchObject({
      attempt: 1,
      last_outcome: 'pass',
      reason: null,
      next_attempt_at: null,
      fence: '1',
    });
    await expect.poll(() => gate.dispatched).toHaveLength(1);
    expect(gate.dispatched[0]).toMatchObject({ id: runId, hostId, fence: '1', isFirstSend: true });
    const [attempt] = await attemptsOf(gate, runId);
    expect(attempt).toMatchObject({ attempt: 1, outcome: 'pass', held_by: null });
    expect(attempt?.checks).toHaveLength(2);
  });

  test('never opens on what polling has found: a check that polls call healthy is asked again and fails', async () => {
    const { hostId, runId } = await oneRun();
    await gate.app.query(`UPDATE health_check_state SET status = 'healthy', last_result_at = now()`);
    gate.answers.set(hostId, ill);
    const row = await gate.until(worker, runId, attempted(1));
    expect(row).toMatchObject({ status: 'waiting_health_check', reason: 'check_failed' });
    expect(row.detail).toMatch(/^check 1: .*503/);
  });

  test('opens only when all pass: stays closed for one of three, with the evidence of each, and asks again after the interval', async () => {
    const { hostId, runId } = await oneRun(3);
    let asked = 0;
    gate.answers.set(hostId, (response) => ((asked += 1) === 2 ? ill : healthy)(response));
    const row = await gate.until(worker, runId, attempted(1));
    const [attempt] = await attemptsOf(gate, runId);
    expect(attempt?.checks.map(({ verdict }) => verdict).toSorted()).toEqual(['fail', 'pass', 'pass']);
    const waits = row.next_attempt_at!.getTime() - row.last_attempt_at!.getTime();
    expect(waits).toBeGreaterThanOrEqual(retryMs);
    expect(waits).toBeLessThan(retryMs + 10_000);
    expect(gate.dispatched).toEqual([]);
  });

  test('is asked again when its time has come, not before, and opens by itself once the checks pass', async () => {
    const { hostId, runId } = await oneRun();
    gate.answers.set(hostId, ill);
    await gate.until(worker, runId, attempted(1));
    gate.answers.set(hostId, healthy);
    await worker.tick();
    expect(gate.asked).toHaveLength(1);
    gate.shifted.shiftMs += retryMs - 1_000;
    await worker.tick();
    expect(gate.asked).toHaveLength(1);
    gate.shifted.shiftMs += 11_000;
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect((await attemptsOf(gate, runId)).map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
  });

  test('records its probes like any poll, whatever becomes of the run', async () => {
    const { hostId, runId } = await oneRun();
    gate.answers.set(hostId, ill);
    await gate.until(worker, runId, attempted(1));
    const [stored] = await gate.rows<{ n: number; status: string; flips: number }>(
      `SELECT (SELECT count(*)::int FROM host_health_check_results r WHERE r.check_id = c.id) AS n,
         (SELECT health_check_status FROM host_health WHERE host_id = c.host_id) AS status,
         (SELECT count(*)::int FROM health_check_flips f WHERE f.check_id = c.id) AS flips
       FROM host_health_checks c WHERE c.host_id = $1`,
      [hostId],
    );
    expect(stored).toEqual({ n: 1, status: 'unhealthy', flips: 1 });
  });

  test('closes on a result of a check that was changed while it was probed, and asks at once again', async () => {
    const { hostId, runId } = await oneRun();
    gate.answers.set(hostId, (response) => {
      const edited =
        gate.asked.length > 1
          ? Promise.resolve()
          : gate.app.query('UPDATE host_health_checks SET revision = 2');
      void edited.then(() => healthy(response));
    });
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect(gate.asked).toHaveLength(2);
    expect(await attemptsOf(gate, runId)).toHaveLength(1);
  });
});

describe('a gate that could not be asked', () => {
  const says = (result: Partial<ProbeResult>) => () =>
    Promise.resolve<ProbeResult>({
      ...{ healthy: false, reason: 'agent_error', detail: 'why', latency_ms: 1, phases: {}, address: null },
      ...result,
    });

  /** A host whose only check asks its agent, which answers like this. */
  async function withAgent(answer: typeof gate.services.answer) {
    gate.services.answer = answer;
    const run = await oneRun();
    await gate.app.query(
      `UPDATE host_health_checks SET check_type = 'service', service_name = 'nginx', url = NULL, expected_body = NULL`,
    );
    return run;
  }

  test.each([
    ['an agent that cannot be reached', { reason: 'agent_unreachable' }, 'error'],
    ['an agent that refuses us', { reason: 'agent_refused_us' }, 'error'],
    ['an agent that answers 405', { agent_status: 405 }, 'error'],
    ['an agent that answers 429', { agent_status: 429 }, 'error'],
    ['an agent that answers 500', { agent_status: 500 }, 'fail'],
    ['a target that our policy forbids', { reason: 'blocked' }, 'error'],
    ['a password that does not open', { reason: 'secret_unreadable' }, 'error'],
  ] as const)('%s is %o: %s', async (_what, result, verdict) => {
    const { runId } = await withAgent(says(result));
    const row = await gate.until(worker, runId, attempted(1));
    expect(row).toMatchObject({
      ...{ status: 'waiting_health_check', last_outcome: verdict, detail: 'check 1: why' },
      reason: verdict === 'error' ? 'check_error' : 'check_failed',
    });
    expect((await attemptsOf(gate, runId))[0]?.checks[0]).toMatchObject({ verdict });
  });

  test('an exception in a probe closes', async () => {
    const { runId } = await withAgent(() => Promise.reject(new Error('a defect of ours')));
    const row = await gate.until(worker, runId, attempted(1));
    expect(row).toMatchObject({
      status: 'waiting_health_check',
      reason: 'check_error',
      last_outcome: 'error',
    });
    expect(row.detail).not.toContain('defect');
    expect(gate.lines.join()).toContain('a defect of ours');
    expect(await attemptsOf(gate, runId)).toMatchObject([{ outcome: 'error', checks: null }]);
  });

  test('an exception before the probes closes', async () => {
    const { runId } = await oneRun();
    const broken = gate.newWorker({ loadChecks: () => Promise.reject(new Error('another defect')) });
    const row = await gate.until(broken, runId, attempted(1));
    expect(row).toMatchObject({ status: 'waiting_health_check', reason: 'check_error' });
    expect(gate.asked).toEqual([]);
  });

  test('an exception while the results are recorded closes, for that run alone', async () => {
    const hostIds = await gate.hosts(3);
    const { runIds } = await gate.job({ hostIds });
    const broken = gate.newWorker({
      record: (db, results) =>
        results.some(({ host_id }) => host_id === hostIds[1])
          ? Promise.reject(new Error('cannot be stored'))
          : gate.recorder.record(db, results),
    });
    await gate.until(broken, runIds[1]!, attempted(1));
    await gate.until(broken, runIds[2]!, attempted(1));
    expect(await Promise.all(runIds.map(async (id) => (await gate.run(id)).status))).toEqual([
      'dispatching',
      'waiting_health_check',
      'dispatching',
    ]);
  });
});

describe('a host without an enabled check', () => {
  test('opens with no_checks recorded', async () => {
    const { runId } = await oneRun();
    await gate.app.query('UPDATE host_health_checks SET enabled = false');
    const row = await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect(row).toMatchObject({ reason: 'no_checks', last_outcome: 'no_checks' });
    expect(await attemptsOf(gate, runId)).toMatchObject([{ outcome: 'no_checks', checks: null }]);
  });

  test('is held where the setting says so, and opens after that was changed', async () => {
    await gate.app.query(
      `INSERT INTO settings (key, value, updated_at) VALUES ('gate.no_checks', '"hold"', now())`,
    );
    const { runId } = await oneRun();
    await gate.app.query('UPDATE host_health_checks SET enabled = false');
    expect(await gate.until(worker, runId, attempted(1))).toMatchObject({
      ...{ status: 'waiting_health_check', reason: 'no_checks' },
    });
    await gate.app.query(`UPDATE settings SET value = '"open"' WHERE key = 'gate.no_checks'`);
    gate.shifted.shiftMs += retryMs + 10_000;
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
  });
});
