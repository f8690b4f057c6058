import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids/new-id.js';
import { attemptsOf, held, ill, minuteMs, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import type { RunWorker } from './run-worker.js';
import { seedPerson } from './seed-gate.fixture.js';
import type { GateJobSeed } from './seed-gate.fixture.js';

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

/** A run whose target is being asked; what a test changes comes after the probe began and before it ends. */
async function beingAsked(seed: Partial<GateJobSeed> = {}) {
  const [hostId] = await gate.hosts(1);
  const target = held();
  gate.answers.set(hostId!, target.answer);
  const { id: jobId, runIds } = await gate.job({ hostIds: [hostId!], ...seed });
  await gate.untilAsked(worker, target);
  return { hostId: hostId!, jobId, runId: runIds[0]!, target };
}
/** Every night and day from an hour ago on, so that it covers the present. */
async function addWindow(
  hostId: string,
  kind: 'maintenance' | 'blackout',
  durationMinutes: number,
  startedMinutesAgo = 30,
) {
  const id = newId();
  await gate.app.query(
    `INSERT INTO maintenance_windows (id, host_id, name, kind, time_zone, starts_at, duration_minutes, recurrence,
       last_start_minutes, enabled, created_at, updated_at)
     VALUES ($1, $2, 'w', $3, 'UTC', date_trunc('minute', $4::timestamptz AT TIME ZONE 'UTC'), $5, '{"freq": "once"}', 0, true, now(), now())`,
    [id, hostId, kind, new Date(gate.clock.now().getTime() - startedMinutesAgo * minuteMs), durationMinutes],
  );
  return id;
}

describe('what is read again after the lock, when all checks have passed', () => {
  test('a pause holds the run', async () => {
    const { jobId, runId, target } = await beingAsked();
    await gate.app.query(
      `UPDATE patch_jobs SET paused_at = now(), pause_reason = 'person', pause_detail = 'wait' WHERE id = $1`,
      [jobId],
    );
    target.letGo();
    const row = await gate.until(worker, runId, ({ attempt }) => expect(attempt).toBe(1));
    expect(row).toMatchObject({ status: 'queued', reason: 'job_paused', next_attempt_at: null });
    expect(await attemptsOf(gate, runId)).toMatchObject([{ outcome: 'pass', held_by: 'job_paused' }]);
    expect(gate.dispatched).toEqual([]);
  });

  test('a cancellation ends the run', async () => {
    const { runId, target } = await beingAsked();
    await gate.app.query('UPDATE patch_job_hosts SET cancel_requested_at = now() WHERE id = $1', [runId]);
    target.letGo();
    // No tick: the attempt itself must find that it is not wanted any more.
    await expect.poll(async () => (await gate.run(runId)).status).toBe('cancelled');
    expect(await attemptsOf(gate, runId)).toMatchObject([{ outcome: 'pass', held_by: 'cancelled' }]);
    expect(gate.dispatched).toEqual([]);
  });

  test('a close that passed meanwhile ends the run, and a late green never patches outside', async () => {
    const { runId, target } = await beingAsked();
    gate.shifted.shiftMs += 61 * minuteMs;
    target.letGo();
    // No tick: the attempt itself must find the close.
    await expect.poll(async () => (await gate.run(runId)).status).toBe('failed');
    expect(await gate.run(runId)).toMatchObject({ reason: 'deadline_passed', dispatched_at: null });
    expect(gate.dispatched).toEqual([]);
  });

  test('a slot that another took holds the run', async () => {
    const [first, second] = await gate.hosts(2);
    const targets = [held(), held()];
    gate.answers.set(first!, targets[0]!.answer);
    gate.answers.set(second!, targets[1]!.answer);
    const { id: jobId, runIds } = await gate.job({ hostIds: [first!, second!], maxInFlight: 2 });
    await gate.untilAsked(worker, targets[0]!);
    await gate.untilAsked(worker, targets[1]!);
    await gate.app.query('UPDATE patch_jobs SET max_in_flight = 1 WHERE id = $1', [jobId]);
    for (const target of targets) target.letGo();
    await expect.poll(async () => (await gate.run(runIds[1]!)).attempt).toBe(1);
    await expect.poll(async () => (await gate.run(runIds[0]!)).attempt).toBe(1);
    const rows = await Promise.all(runIds.map((id) => gate.run(id)));
    expect(rows.filter(({ status }) => status === 'dispatching')).toHaveLength(1);
    expect(rows.find(({ status }) => status === 'queued')).toMatchObject({
      ...{ reason: 'batch_wait', detail: 'no slot is free' },
    });
  });

  test('a failure budget that is spent holds the run', async () => {
    const [first, second] = await gate.hosts(2);
    const target = held();
    gate.answers.set(second!, target.answer);
    const { runIds } = await gate.job({ hostIds: [first!, second!] });
    await gate.untilAsked(worker, target);
    await gate.until(worker, runIds[0]!, ({ status }) => expect(status).toBe('dispatching'));
    await gate.app.query(
      `UPDATE patch_job_hosts SET status = 'failed', reason = 'regressed', ended_at = now() WHERE id = $1`,
      [runIds[0]],
    );
    target.letGo();
    await expect.poll(async () => (await gate.run(runIds[1]!)).attempt).toBe(1);
    expect(await gate.run(runIds[1]!)).toMatchObject({
      status: 'queued',
      detail: 'the failure budget is spent',
    });
  });

  test('a batch that is not open yet holds the run', async () => {
    const [first, second] = await gate.hosts(2);
    gate.answers.set(first!, ill);
    const { runIds } = await gate.job({ hostIds: [first!, second!], canary: 1 });
    // Somebody wants it looked at before its turn.
    await gate.app.query('UPDATE patch_job_hosts SET check_requested_at = now() WHERE id = $1', [runIds[1]]);
    const row = await gate.until(worker, runIds[1]!, ({ attempt }) => expect(attempt).toBe(1));
    expect(row).toMatchObject({ status: 'queued', reason: 'batch_wait', last_outcome: 'pass' });
  });

  test.each([
    ['was disabled', `UPDATE users SET disabled_at = now() WHERE id = $1`],
    ['is only a viewer now', `UPDATE users SET role = 'viewer' WHERE id = $1`],
    ['does not reach the host any more', `DELETE FROM group_users WHERE user_id = $1`],
    ['was deleted', `DELETE FROM users WHERE id = $1`],
  ])('SEC-A5 a creator who %s starts nothing', async (_what, change) => {
    const operator = await seedPerson(gate.app, 'operator');
    const group = newId();
    await gate.app.query(
      `INSERT INTO groups (id, name, description, created_at, updated_at) VALUES ($1::uuid, $1::text, '', now(), now())`,
      [group],
    );
    await gate.app.query('INSERT INTO group_users (group_id, user_id) VALUES ($1, $2)', [group, operator]);
    const [hostId] = await gate.hosts(1);
    await gate.app.query('INSERT INTO group_hosts (group_id, host_id) VALUES ($1, $2)', [group, hostId]);
    const target = held();
    gate.answers.set(hostId!, target.answer);
    const { runIds } = await gate.job({ hostIds: [hostId!], createdBy: operator });
    await gate.untilAsked(worker, target);
    await gate.app.query(change, [operator]);
    target.letGo();
    const row = await gate.until(worker, runIds[0]!, ({ attempt }) => expect(attempt).toBe(1));
    expect(row).toMatchObject({ status: 'queued', reason: 'rights_lost' });
    expect(gate.dispatched).toEqual([]);
  });
});

describe('windows, resolved again at each attempt', () => {
  const inWindow = async (open = 30, durationMinutes = 90) => {
    const [hostId] = await gate.hosts(1);
    const windowId = await addWindow(hostId!, 'maintenance', durationMinutes, open);
    const now = gate.clock.now().getTime();
    const { runIds } = await gate.job({
      ...{ hostIds: [hostId!], schedule: 'window' as const },
      opensAt: new Date(now - open * minuteMs),
      closesAt: new Date(now + (durationMinutes - open) * minuteMs),
    });
    return { hostId: hostId!, windowId, runId: runIds[0]! };
  };

  test('one that is open lets the run start', async () => {
    const { runId } = await inWindow();
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
  });

  test('one that was taken away during the attempt closes now', async () => {
    const { hostId, windowId, runId } = await inWindow();
    const target = held();
    gate.answers.set(hostId, target.answer);
    await gate.untilAsked(worker, target);
    await gate.app.query('DELETE FROM maintenance_windows WHERE id = $1', [windowId]);
    target.letGo();
    const row = await gate.until(worker, runId, ({ status }) => expect(status).toBe('failed'));
    expect(row).toMatchObject({ reason: 'outside_window', dispatched_at: null });
  });

  test('a blackout in the middle holds the run and never fails it, without a probe, until it is over', async () => {
    const { hostId, runId } = await inWindow();
    await addWindow(hostId, 'blackout', 40);
    const row = await gate.until(worker, runId, ({ reason }) => expect(reason).toBe('blackout'));
    expect(row).toMatchObject({ status: 'queued', attempt: 0 });
    expect(gate.asked).toEqual([]);
    gate.shifted.shiftMs = row.next_attempt_at!.getTime() - gate.clock.now().getTime() + gate.shifted.shiftMs;
    await gate.until(worker, runId, ({ status }) => expect(status).toBe('dispatching'));
  });

  test('a job that starts now obeys blackouts too', async () => {
    const [hostId] = await gate.hosts(1);
    await addWindow(hostId!, 'blackout', 40);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    await gate.until(worker, runIds[0]!, ({ reason }) => expect(reason).toBe('blackout'));
    expect(gate.asked).toEqual([]);
  });

  test('so near the close that nothing starts any more the run waits, and is not asked again and again', async () => {
    const { windowId, runId } = await inWindow();
    await gate.app.query('UPDATE maintenance_windows SET last_start_minutes = 75 WHERE id = $1', [windowId]);
    const row = await gate.until(worker, runId, ({ detail }) => expect(detail).toMatch(/too near the close/));
    expect(row).toMatchObject({ status: 'queued', reason: 'outside_window', attempt: 0, fence: '1' });
    await worker.tick();
    await worker.tick();
    expect((await gate.run(runId)).fence).toBe('1');
  });
});
