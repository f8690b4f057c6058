import { retryJitterMs, runReasons, transition } from '@patchgate/domain';
import type { AttemptOutcome, Run, RunEvent, RunPolicy, RunReason } from '@patchgate/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelRuns } from './cancel-runs.js';
import { closeWindows } from './close-windows.js';
import { held, ill, minuteMs, openGate } from './gate.fixture.js';
import type { Gate } from './gate.fixture.js';
import { holdPausedRuns } from './hold-paused-runs.js';
import { runColumns, runOf } from './run.row.js';
import type { RunRow } from './run.row.js';
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

const outcomes: (AttemptOutcome | null)[] = [null, 'pass', 'fail', 'error', 'no_checks', 'overridden'];
const statuses = ['queued', 'waiting_health_check'] as const;
const policy = (runId: string): RunPolicy => ({
  ...{
    retryMs: 300_000,
    jitterMs: retryJitterMs(runId, 300_000),
    verifyMs: 1,
    verifyEveryMs: 1,
    mostRunMs: 1,
  },
  ...{ graceMs: 1, rebootMs: 1, followMs: 1, mostFollowMs: 1, allowReboot: false },
});

/** Undispatched runs of every status, reason and last outcome, in a job of each schedule. */
async function everyRun(): Promise<void> {
  const combinations = statuses.flatMap((status) =>
    ([null, ...runReasons] as (RunReason | null)[]).flatMap((reason) =>
      outcomes.map((outcome) => ({ status, reason, outcome })),
    ),
  );
  for (const schedule of ['now', 'window'] as const) {
    const hostIds = await gate.hosts(combinations.length);
    const { runIds } = await gate.job({ hostIds, schedule });
    await gate.app.query(
      `UPDATE patch_job_hosts r SET status = c.status, reason = c.reason, last_outcome = c.outcome, attempt = 3,
         detail = CASE WHEN c.outcome IN ('fail', 'error') THEN 'Storefront: status 503' END,
         next_attempt_at = now() + interval '3 minutes', owner = gen_random_uuid(), lease_until = now() + interval '15 seconds'
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS c (id, status, reason, outcome) WHERE r.id = c.id`,
      [
        runIds,
        combinations.map(({ status }) => status),
        combinations.map(({ reason }) => reason),
        combinations.map(({ outcome }) => outcome),
      ],
    );
  }
}

type Scheduled = RunRow & { schedule: 'now' | 'window' };
const all = () =>
  gate.rows<Scheduled>(
    `SELECT ${runColumns.text}, j.schedule FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id ORDER BY r.id`,
  );

/** What the statement made of all runs, and what the domain makes of each. */
async function both(eventOf: (row: Scheduled) => RunEvent, statement: () => Promise<unknown>, now: Date) {
  const before = await all();
  await statement();
  const expected = before.map(
    (row) => transition(runOf(row), eventOf(row), policy(row.id), now.getTime()).run,
  );
  const after = await all();
  const found: Run[] = after.map(runOf);
  return { before, after, expected, found };
}

describe('one set-based statement', () => {
  test('closes windows as the transition does, for every run there can be, and raises every fence', async () => {
    await everyRun();
    const now = new Date(gate.clock.now().getTime() + 61 * minuteMs);
    const { before, after, expected, found } = await both(
      ({ schedule }) => ({
        kind: 'window_closed',
        reason: schedule === 'now' ? 'deadline_passed' : 'outside_window',
      }),
      () => closeWindows(gate.app, now),
      now,
    );
    expect(found).toHaveLength(2 * statuses.length * (runReasons.length + 1) * outcomes.length);
    expect(found).toEqual(expected);
    expect(after.map(({ fence }) => Number(fence))).toEqual(before.map(({ fence }) => Number(fence) + 1));
    const [held] = await gate.rows<{ n: number }>(
      'SELECT count(*)::int AS n FROM patch_job_hosts WHERE owner IS NOT NULL OR lease_until IS NOT NULL',
    );
    expect(held?.n).toBe(0);
  });

  test('cancels as the transition does', async () => {
    await everyRun();
    const now = gate.clock.now();
    await gate.app.query('UPDATE patch_job_hosts SET cancel_requested_at = now()');
    const { expected, found } = await both(
      () => ({ kind: 'cancel_requested' }),
      () => cancelRuns(gate.app, now),
      now,
    );
    expect(found).toEqual(expected);
  });

  test('holds the runs of a paused job as the transition does', async () => {
    await everyRun();
    const now = gate.clock.now();
    await gate.app.query(
      `UPDATE patch_jobs SET paused_at = now(), pause_reason = 'person', pause_detail = 'wait'`,
    );
    const { expected, found } = await both(
      () => ({ kind: 'held', reason: 'job_paused', detail: null, until: null }),
      () => gate.app.transaction((db) => holdPausedRuns(db, now)),
      now,
    );
    expect(found).toEqual(expected);
  });
});

describe('when a window closes', () => {
  const afterClose = () => (gate.shifted.shiftMs += 61 * minuteMs);

  test('a run whose last attempt was not all-pass fails with the failing checks and their last detail', async () => {
    const [hostId] = await gate.hosts(1);
    gate.answers.set(hostId!, ill);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    await gate.until(worker, runIds[0]!, ({ attempt }) => expect(attempt).toBe(1));
    afterClose();
    await worker.tick();
    const row = await gate.run(runIds[0]!);
    expect(row).toMatchObject({ status: 'failed', reason: 'gate_window_closed', dispatched_at: null });
    expect(row.detail).toMatch(/^check 1: .*503/);
    expect(gate.dispatched).toEqual([]);
  });

  test('a run that was never looked at in a job with a deadline fails with deadline_passed', async () => {
    const [hostId] = await gate.hosts(1);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    afterClose();
    await worker.tick();
    expect(await gate.run(runIds[0]!)).toMatchObject({ status: 'failed', reason: 'deadline_passed' });
    expect(gate.asked).toEqual([]);
  });

  test('a run that is attempted at that moment loses by the fence, and leaves no attempt behind', async () => {
    const [hostId] = await gate.hosts(1);
    const target = held();
    gate.answers.set(hostId!, target.answer);
    const { runIds } = await gate.job({ hostIds: [hostId!] });
    await gate.untilAsked(worker, target);
    // Closed by another worker, whose clock has come to the close a moment before ours.
    expect(await closeWindows(gate.app, new Date(gate.clock.now().getTime() + 61 * minuteMs))).toBe(1);
    const closed = await gate.run(runIds[0]!);
    target.letGo();
    await worker.stop();
    expect(await gate.run(runIds[0]!)).toEqual(closed);
    expect(await gate.rows('SELECT * FROM gate_attempts')).toEqual([]);
    expect(gate.dispatched).toEqual([]);
  });

  test('a canary that did not start pauses its job', async () => {
    const hostIds = await gate.hosts(2);
    const { id, runIds } = await gate.job({ hostIds, canary: 1 });
    const soon = new Date(gate.clock.now().getTime() + 60_000);
    await gate.app.query('UPDATE patch_job_hosts SET window_closes_at = $1 WHERE id = $2', [soon, runIds[0]]);
    await closeWindows(gate.app, soon);
    const [job] = await gate.rows('SELECT pause_reason, pause_detail FROM patch_jobs WHERE id = $1', [id]);
    expect(job).toEqual({
      ...{ pause_reason: 'canary_failed', pause_detail: 'a host of the canary is failed: deadline_passed' },
    });
  });

  test('10,000 runs end within 5 s', async () => {
    const hostIds = await gate.hosts(10_000);
    await gate.job({ hostIds });
    const startedMs = performance.now();
    expect(await closeWindows(gate.app, new Date(gate.clock.now().getTime() + 61 * minuteMs))).toBe(10_000);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
