import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attemptsOf, healthy, held, ill, minuteMs, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import type { RunWorker } from './run-worker.js';
import { seedPerson } from './seed-gate.fixture.js';
import { wakeReachable, wakeRecovered } from './wake-runs.js';

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

/** A run that waits for its check after one attempt. */
async function waiting(count = 1) {
  const hostIds = await gate.hosts(count);
  for (const hostId of hostIds) gate.answers.set(hostId, ill);
  const { id: jobId, runIds } = await gate.job({ hostIds });
  for (const id of runIds) await gate.until(worker, id, ({ attempt }) => expect(attempt).toBe(1));
  return { hostIds, hostId: hostIds[0]!, jobId, runIds, runId: runIds[0]! };
}

const pause = (jobId: string) =>
  gate.app.query(
    `UPDATE patch_jobs SET paused_at = now(), pause_reason = 'person', pause_detail = 'wait' WHERE id = $1`,
    [jobId],
  );
const resume = (jobId: string) =>
  gate.app.query(
    'UPDATE patch_jobs SET paused_at = NULL, pause_reason = NULL, pause_detail = NULL WHERE id = $1',
    [jobId],
  );

const firstSends = (): number => gate.dispatched.filter(({ isFirstSend }) => isFirstSend).length;

describe('a run that waits for its checks', () => {
  test('is woken when polling sees the last failing check recover', async () => {
    const { hostId, runId } = await waiting();
    gate.answers.set(hostId, healthy);
    const [check] = await gate.checks.loadChecks(gate.app.manager, [hostId]);
    const changed = await gate.app.transaction((db) =>
      gate.recorder.record(db, [
        {
          ...{
            check_id: check!.id,
            host_id: hostId,
            revision: check!.revision,
            checked_at: gate.clock.now(),
          },
          ...{ healthy: true, suspect: false, reason: 'ok', detail: '', latency_ms: 1 },
        },
      ]),
    );
    await wakeRecovered(gate.app.manager, [...changed], gate.clock.now());
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
  });

  test('is not woken while another check of its host fails', async () => {
    const { hostId, runId } = await waiting();
    await gate.app.query('UPDATE host_health SET checks_unhealthy = 1 WHERE host_id = $1', [hostId]);
    await wakeRecovered(gate.app.manager, [hostId], gate.clock.now());
    expect((await gate.run(runId)).check_requested_at).toBeNull();
  });

  test('is woken after the attempt that is under way when the check recovers, for that was too early', async () => {
    const [hostId] = await gate.hosts(1);
    const target = held(ill);
    gate.answers.set(hostId!, target.answer);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    await gate.untilAsked(worker, target);
    await gate.app.query(`UPDATE patch_job_hosts SET status = 'waiting_health_check' WHERE id = $1`, [
      runIds[0],
    ]);
    await wakeRecovered(gate.app.manager, [hostId!], gate.clock.now());
    gate.answers.set(hostId!, healthy);
    target.letGo();
    await gate.until(worker, runIds[0]!, ({ status }) => expect(status).toBe('dispatching'));
    expect((await attemptsOf(gate, runIds[0]!)).map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
  });

  test('for its agent is woken when that is back', async () => {
    const { hostId, runId } = await waiting();
    await gate.app.query(`UPDATE patch_job_hosts SET reason = 'check_error', last_outcome = 'error'`);
    gate.answers.set(hostId, healthy);
    await wakeReachable(gate.app.manager, [hostId], gate.clock.now());
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
  });

  test('takes no slot: others start meanwhile', async () => {
    const hostIds = await gate.hosts(2);
    gate.answers.set(hostIds[0]!, ill);
    const { runIds } = await gate.job({ hostIds, maxInFlight: 1 });
    await gate.until(worker, runIds[1]!, ({ status }) => expect(status).toBe('dispatching'));
    expect(await gate.run(runIds[0]!)).toMatchObject({ status: 'waiting_health_check' });
  });
});

describe('check now', () => {
  test('makes the next attempt at once and is answered by it', async () => {
    const { runId } = await waiting();
    await gate.app.query('UPDATE patch_job_hosts SET check_requested_at = now() WHERE id = $1', [runId]);
    const row = await gate.until(worker, runId, ({ attempt }) => expect(attempt).toBe(2));
    expect(row.check_requested_at).toBeNull();
    await worker.tick();
    expect((await gate.run(runId)).attempt).toBe(2);
  });

  test('that comes during an attempt is answered by another one', async () => {
    const { hostId, runId } = await waiting();
    const target = held(ill);
    gate.answers.set(hostId, target.answer);
    await gate.app.query('UPDATE patch_job_hosts SET check_requested_at = now() WHERE id = $1', [runId]);
    await gate.untilAsked(worker, target);
    await gate.app.query(
      `UPDATE patch_job_hosts SET check_requested_at = now() + interval '1 second' WHERE id = $1`,
      [runId],
    );
    gate.answers.set(hostId, ill);
    target.letGo();
    await gate.until(worker, runId, ({ attempt }) => expect(attempt).toBe(3));
  });
});

describe('an override', () => {
  const override = (runId: string) =>
    gate.app.query(
      `UPDATE patch_job_hosts SET override_by = $2, override_reason = 'in maintenance', override_requested_at = now(),
         check_requested_at = now() WHERE id = $1`,
      [runId, gate.admin],
    );

  test('still probes, lets the run through and keeps the red evidence with who and why', async () => {
    const { hostId, runId } = await waiting();
    await override(runId);
    const row = await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect(gate.asked).toEqual([hostId, hostId]);
    expect(row.last_outcome).toBe('overridden');
    expect((await attemptsOf(gate, runId))[1]).toMatchObject({
      ...{ outcome: 'overridden', override_by: gate.admin, override_reason: 'in maintenance' },
      checks: [{ verdict: 'fail', reason: 'status' }],
    });
  });

  test('of checks that pass by now is none', async () => {
    const { hostId, runId } = await waiting();
    gate.answers.set(hostId, healthy);
    await override(runId);
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
    expect((await attemptsOf(gate, runId))[1]).toMatchObject({ outcome: 'pass', override_by: null });
  });

  test('lifts neither a pause, nor the close, nor lost rights, nor the slots', async () => {
    const { runIds, jobId } = await waiting(4);
    const viewer = await seedPerson(gate.app, 'viewer');
    for (const id of runIds) await override(id);
    await gate.app.query('UPDATE patch_jobs SET created_by = $1 WHERE id = $2', [viewer, jobId]);
    await gate.until(worker, runIds[0]!, ({ reason }) => expect(reason).toBe('rights_lost'));
    await gate.app.query('UPDATE patch_jobs SET created_by = $1, max_in_flight = 1 WHERE id = $2', [
      gate.admin,
      jobId,
    ]);
    for (const id of runIds) await override(id);
    await gate.until(worker, runIds[3]!, ({ attempt }) => expect(attempt).toBe(2));
    await expect.poll(firstSends).toBe(1);
    await pause(jobId);
    for (const id of runIds) await override(id);
    await worker.tick();
    gate.shifted.shiftMs += 61 * minuteMs;
    await worker.tick();
    expect(firstSends()).toBe(1);
    const rows = await Promise.all(runIds.map((id) => gate.run(id)));
    expect(rows.map(({ status }) => status).toSorted()).toEqual([
      'dispatching',
      'failed',
      'failed',
      'failed',
    ]);
  });
});

describe('while a job is paused', () => {
  test('there are no attempts, and the window keeps running', async () => {
    const { hostId, runId, jobId } = await waiting();
    gate.answers.set(hostId, healthy);
    await pause(jobId);
    await gate.app.query('UPDATE patch_job_hosts SET check_requested_at = now(), next_attempt_at = now()');
    await worker.tick();
    expect(await gate.run(runId)).toMatchObject({
      status: 'waiting_health_check',
      reason: 'job_paused',
      attempt: 1,
    });
    expect(gate.asked).toHaveLength(1);
    gate.shifted.shiftMs += 61 * minuteMs;
    await worker.tick();
    expect(await gate.run(runId)).toMatchObject({ status: 'failed', reason: 'gate_window_closed' });
  });

  test('nothing is released; after it is resumed those that waited are looked at again', async () => {
    const { hostIds, runIds, jobId } = await waiting(2);
    const [fresh] = await gate.hosts(1);
    await pause(jobId);
    await gate.app.query(
      `INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, window_opens_at, window_closes_at)
       SELECT gen_random_uuid(), job_id, $1, 9, 1, 'queued', window_opens_at, window_closes_at FROM patch_job_hosts LIMIT 1`,
      [fresh],
    );
    await worker.tick();
    expect(gate.asked).not.toContain(fresh);
    for (const id of hostIds) gate.answers.set(id, healthy);
    await resume(jobId);
    for (const id of runIds) await gate.until(worker, id, ({ status }) => expect(status).toBe('dispatching'));
    await expect.poll(() => gate.asked).toContain(fresh);
  });
});

describe('cancelling', () => {
  test('ends a queued run and a waiting one at once, and takes no one that is dispatched', async () => {
    const { runId, jobId } = await waiting();
    const [other, third] = await gate.hosts(2);
    const { runIds } = await gate.job({ hostIds: [other!, third!], maxInFlight: 1 });
    await gate.until(worker, runIds[0]!, ({ status }) => expect(status).toBe('dispatching'));
    await gate.app.query('UPDATE patch_job_hosts SET cancel_requested_at = now()');
    await worker.tick();
    expect(await gate.run(runId)).toMatchObject({ status: 'cancelled', reason: 'cancelled', job_id: jobId });
    expect(await gate.run(runIds[1]!)).toMatchObject({ status: 'cancelled' });
    expect(await gate.run(runIds[0]!)).toMatchObject({ status: 'dispatching' });
  });
});
