import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minuteMs, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import { releaseRuns } from './release-runs.js';
import { runEnded } from './run-ended.js';
import { lockJobs } from './run-job.repository.js';

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());
beforeEach(() => gate.clear());

const release = () => gate.app.transaction((db) => releaseRuns(db, gate.clock.now(), null));
/** The positions of those that were released and not looked at yet. */
const released = async (): Promise<number[]> =>
  (
    await gate.rows<{ position: number }>(
      `SELECT position FROM patch_job_hosts WHERE next_attempt_at <= $1 AND status = 'queued' ORDER BY position`,
      [gate.clock.now()],
    )
  ).map(({ position }) => position);
const become = (position: number, status: string, more = '') =>
  gate.app.query(
    `UPDATE patch_job_hosts SET status = $2, next_attempt_at = NULL ${more},
       ended_at = CASE WHEN $2 IN ('succeeded', 'failed') THEN now() END WHERE position = $1`,
    [position, status],
  );

describe('a release', () => {
  test('lets out as many as there are slots, in the order of the roll-out, and no more until they were looked at', async () => {
    await gate.job({ hostIds: await gate.hosts(5), maxInFlight: 2 });
    await release();
    await release();
    expect(await released()).toEqual([0, 1]);
    await become(0, 'waiting_health_check');
    await release();
    expect(await released()).toEqual([1, 2]);
    await become(1, 'running', ', dispatched_at = now()');
    await release();
    expect(await released()).toEqual([2]);
    await become(1, 'succeeded');
    await release();
    expect(await released()).toEqual([2, 3]);
  });

  test('lets nothing but the canary out until it has succeeded, each of it', async () => {
    await gate.job({ hostIds: await gate.hosts(4), canary: 2 });
    await release();
    expect(await released()).toEqual([0, 1]);
    await become(0, 'succeeded');
    await become(1, 'running', ', dispatched_at = now()');
    await release();
    expect(await released()).toEqual([]);
    await become(1, 'succeeded');
    await release();
    expect(await released()).toEqual([2, 3]);
  });

  test('goes batch by batch; a host that waits at its gate holds nobody up', async () => {
    await gate.job({ hostIds: await gate.hosts(5), batchSize: 2 });
    await release();
    expect(await released()).toEqual([0, 1]);
    await become(0, 'waiting_health_check', `, reason = 'check_failed'`);
    await become(1, 'running', ', dispatched_at = now()');
    await release();
    expect(await released()).toEqual([]);
    await become(1, 'succeeded');
    await release();
    expect(await released()).toEqual([2, 3]);
  });

  test('comes with the window and not before, and never after its close', async () => {
    const now = gate.clock.now().getTime();
    await gate.job({ hostIds: await gate.hosts(1), opensAt: new Date(now + minuteMs) });
    await gate.job({ hostIds: await gate.hosts(1), closesAt: new Date(now - 1) });
    await release();
    expect(await released()).toEqual([]);
    gate.shifted.shiftMs += minuteMs;
    await release();
    expect(await gate.rows('SELECT 1 FROM patch_job_hosts WHERE next_attempt_at IS NOT NULL')).toHaveLength(
      1,
    );
  });

  test('wakes who was healthy and waited for a slot, as soon as one is free', async () => {
    await gate.job({ hostIds: await gate.hosts(2), maxInFlight: 1 });
    await become(0, 'running', ', dispatched_at = now()');
    await gate.app.query(
      `UPDATE patch_job_hosts SET reason = 'batch_wait', next_attempt_at = now() + interval '4 minutes', attempt = 1,
         last_outcome = 'pass' WHERE position = 1`,
    );
    await release();
    expect(await released()).toEqual([]);
    await become(0, 'succeeded');
    await release();
    expect(await released()).toEqual([1]);
  });

  test('leaves alone who looks again by himself', async () => {
    await gate.job({ hostIds: await gate.hosts(1) });
    await gate.app.query(
      `UPDATE patch_job_hosts SET reason = 'agent_busy', next_attempt_at = now() + interval '4 minutes'`,
    );
    await release();
    expect(await released()).toEqual([]);
  });
});

describe('the end of a run', () => {
  const end = (jobId: string, position: number, status: 'failed' | 'indeterminate') =>
    gate.app.transaction(async (db) => {
      const job = (await lockJobs(db, [jobId])).get(jobId)!;
      const [run] = await db
        .query<{ id: string; host_id: string; batch: number }[]>(
          `UPDATE patch_job_hosts SET status = $3, dispatched_at = now(), ended_at = now() WHERE job_id = $1 AND position = $2
         RETURNING id, host_id, batch`,
          [jobId, position, status],
        )
        .then(([rows]) => rows as unknown as { id: string; host_id: string; batch: number }[]);
      const { id, host_id: hostId, batch } = run!;
      await runEnded(db, job, { id, jobId, hostId, batch, status, reason: 'regressed' }, gate.clock.now());
    });
  const pauseOf = async (jobId: string) =>
    (
      await gate.rows<{ pause_reason: string | null }>(
        'SELECT pause_reason, pause_detail FROM patch_jobs WHERE id = $1',
        [jobId],
      )
    )[0];

  test('that spends the budget pauses the job in the same transaction', async () => {
    const { id } = await gate.job({ hostIds: await gate.hosts(4), maxFailures: 1 });
    await end(id, 0, 'failed');
    expect(await pauseOf(id)).toMatchObject({ pause_reason: null });
    await end(id, 1, 'indeterminate');
    expect(await pauseOf(id)).toEqual({
      ...{ pause_reason: 'budget_spent', pause_detail: 'dispatched runs that failed: 2, allowed: 1' },
    });
    await release();
    expect(await released()).toEqual([]);
  });

  test('of a canary that did not succeed pauses the job, whatever its budget', async () => {
    const { id } = await gate.job({ hostIds: await gate.hosts(3), canary: 1, maxFailures: 3 });
    await end(id, 0, 'failed');
    expect(await pauseOf(id)).toEqual({
      ...{ pause_reason: 'canary_failed', pause_detail: 'a host of the canary is failed: regressed' },
    });
  });

  test('is told to those who watch the run, its job and its host', async () => {
    const { id, runIds } = await gate.job({ hostIds: await gate.hosts(1), maxFailures: 3 });
    await gate.listen();
    await end(id, 0, 'failed');
    const topics = (await gate.told()).map(({ topic, ids }) => [
      topic,
      ids.includes(runIds[0]!),
      ids.includes(id),
    ]);
    expect(topics).toEqual([
      ['run', true, true],
      ['job', false, true],
      ['host', false, false],
    ]);
  });
});
