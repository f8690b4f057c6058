import type { PatchJobView, RunView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { addOperator } from '../health-checks/checks.fixture.js';
import { seedJob } from '../runs/seed-runs.fixture.js';
import type { SeededJob } from '../runs/seed-runs.fixture.js';
import type { SeededStateName } from '../runs/seeded-states.fixture.js';
import { addFleetHost, orderOf, ordered } from './ordering.fixture.js';

let api: TestApi;
let db: DataSource;
let operator: TestCaller;
let groupId: string;
let userId: string;
beforeAll(async () => {
  api = await startTestApi();
  db = api.app.get(DataSource);
  ({ caller: operator, groupId } = await addOperator(api, 'omar'));
  ({ id: userId } = (await api.admin.ok('/auth/session')).user as { id: string });
});
afterAll(() => api.close());

type Seed = Omit<Parameters<typeof seedJob>[1], 'createdBy' | 'runs' | 'now'>;

/** A job with a run of each state; the first `reached` of its hosts are the operator's. */
async function seed(states: readonly SeededStateName[], options: Seed = {}, reached = 0): Promise<SeededJob> {
  const runs = [];
  for (const [index, state] of states.entries())
    runs.push({ state, hostId: await addFleetHost(api, { groupIds: index < reached ? [groupId] : [] }) });
  return seedJob(db, { createdBy: userId, runs, now: new Date(), ...options });
}

const command = (job: { id: string }, verb: string, caller = api.admin) =>
  caller.call(`/patch-jobs/${job.id}/${verb}`, { method: 'POST', body: {} });
const commanded = async (job: { id: string }, verb: string, caller = api.admin) =>
  (await caller.post(`/patch-jobs/${job.id}/${verb}`, {})) as unknown as PatchJobView;
const columns = async (job: SeededJob, names: string) =>
  await db.query<Record<string, unknown>[]>(
    `SELECT ${names} FROM patch_job_hosts WHERE job_id = $1 ORDER BY position`,
    [job.id],
  );
const runsOf = async (id: string) =>
  (await api.admin.ok(`/patch-jobs/${id}/hosts?limit=200`)).items as RunView[];
const trail = async (job: { id: string }, verb: string) =>
  (await api.admin.ok(`/audit-log?object_id=${job.id}&action=patch_job.${verb}`)) as unknown as {
    total: number;
    items: { details: Record<string, unknown> }[];
  };

describe('to pause a job', () => {
  it('says who did it, and changes nothing of its runs', async () => {
    const job = await seed(['waiting', 'running']);
    const before = await columns(job, 'status, reason, next_attempt_at, next_step_at');
    expect(await commanded(job, 'pause')).toMatchObject({
      status: 'paused',
      paused: { reason: 'person', by: 'anna', detail: 'paused by anna' },
    });
    expect(await columns(job, 'status, reason, next_attempt_at, next_step_at')).toEqual(before);
  });

  it('fifty times at once is to pause it once', async () => {
    const job = await seed(['waiting']);
    const replies = await Promise.all(Array.from({ length: 50 }, () => command(job, 'pause')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await trail(job, 'pause')).total).toBe(1);
  });

  it('leaves a roll-out that has paused itself with its reason', async () => {
    const job = await seed(['regressed', 'waiting'], { paused: 'budget_spent' });
    expect((await commanded(job, 'pause')).paused).toMatchObject({ reason: 'budget_spent', by: null });
    expect((await trail(job, 'pause')).total).toBe(0);
  });
});

describe('to resume a job', () => {
  it('accepts the failures so far, and a canary that has not succeeded', async () => {
    const states = ['regressed', 'indeterminate', 'gate_window_closed', 'waiting'] as const;
    const job = await seed(states, { paused: 'canary_failed', canary: 1 });
    expect(await commanded(job, 'resume')).toMatchObject({ status: 'running', paused: null, failures: 0 });
    const [row] = await db.query<object[]>(
      'SELECT failures_accepted, is_canary_accepted FROM patch_jobs WHERE id = $1',
      [job.id],
    );
    expect(row).toEqual({ failures_accepted: 2, is_canary_accepted: true });
    expect((await trail(job, 'resume')).items[0]?.details).toMatchObject({ failures_accepted: 2 });
  });

  it('goes on waiting for a canary that is still under way', async () => {
    const job = await seed(['running', 'waiting'], { paused: 'person', canary: 1 });
    await commanded(job, 'resume');
    const [row] = await db.query<object[]>('SELECT is_canary_accepted FROM patch_jobs WHERE id = $1', [
      job.id,
    ]);
    expect(row).toEqual({ is_canary_accepted: false });
  });

  it('has looked at again at once what was held by the pause', async () => {
    const job = await seed(['waiting', 'queued'], { paused: 'person' });
    await db.query(`UPDATE patch_job_hosts SET reason = 'job_paused' WHERE job_id = $1 AND position = 0`, [
      job.id,
    ]);
    await commanded(job, 'resume');
    const rows = await columns(job, 'next_attempt_at <= now() AS due');
    expect(rows).toEqual([{ due: true }, { due: false }]);
  });

  it('that is not paused changes nothing', async () => {
    const job = await seed(['waiting']);
    expect((await commanded(job, 'resume')).status).toBe('running');
    expect((await trail(job, 'resume')).total).toBe(0);
  });
});

describe('to cancel a job', () => {
  it('asks for the end of every run that has not ended, and writes no status', async () => {
    const job = await seed(['queued', 'waiting', 'running', 'verifying', 'succeeded', 'indeterminate']);
    const before = await columns(job, 'status, next_attempt_at');
    const view = await commanded(job, 'cancel');
    expect(view.status).toBe('running');
    expect(await columns(job, 'status, next_attempt_at')).toEqual(before);
    expect(await columns(job, 'cancel_requested_at IS NOT NULL AS asked, cancel_requested_by AS by')).toEqual(
      [
        ...Array.from({ length: 4 }, () => ({ asked: true, by: userId })),
        ...Array.from({ length: 2 }, () => ({ asked: false, by: null })),
      ],
    );
    expect(await columns(job, 'next_step_at <= now() AS due')).toEqual([
      ...[{ due: null }, { due: null }, { due: true }, { due: true }, { due: null }, { due: null }],
    ]);
    expect((await trail(job, 'cancel')).items).toMatchObject([{ details: { runs: 4 } }]);
  });

  it('again keeps who asked first', async () => {
    const job = await seed(['running'], {}, 1);
    await commanded(job, 'cancel');
    await commanded(job, 'cancel', operator);
    expect(await columns(job, 'cancel_requested_by AS by')).toEqual([{ by: userId }]);
    expect((await trail(job, 'cancel')).total).toBe(1);
  });
});

describe('to retry what failed', () => {
  it('orders the same for the hosts that failed, dispatched or not, as a new job', async () => {
    const states = [
      'succeeded',
      'regressed',
      'gate_window_closed',
      'resolved',
      'cancelled',
      'waiting',
    ] as const;
    const job = await seed(states, { schedule: 'now', name: 'the first', canary: 4, maxFailures: 2 });
    const again = await commanded(job, 'retry-failed');
    expect(again).toMatchObject({
      ...{ name: 'the first (again)', retry_of: { id: job.id, number: job.number }, hosts_total: 3 },
      ...{ selection: 'security', max_failures: 2, canary: 3, status: 'queued' },
    });
    // As long as the first had: from two hours ago to an hour from now.
    expect(Date.parse(again.deadline_at ?? '') - Date.parse(again.created_at)).toBe(180 * 60_000);
    const failed = [1, 2, 3].map((index) => job.runs[index]?.hostId);
    expect((await runsOf(again.id)).map(({ host_id }) => host_id).sort()).toEqual(failed.sort());
    const reply = await command(job, 'retry-failed');
    expect([reply.status, reply.body.code]).toEqual([409, 'host_busy']);
  });

  it('is refused when nothing failed', async () => {
    expect((await command(await seed(['succeeded', 'waiting']), 'retry-failed')).body.code).toBe(
      'nothing_to_retry',
    );
  });
});

describe('to take a job over', () => {
  it('makes the caller answer for it, and looks again at what had no rights', async () => {
    const job = await seed(['waiting'], {}, 1);
    await db.query(`UPDATE patch_job_hosts SET reason = 'rights_lost', status = 'queued' WHERE job_id = $1`, [
      job.id,
    ]);
    expect((await commanded(job, 'take-over', operator)).created_by.name).toBe('omar');
    expect(await columns(job, 'next_attempt_at <= now() AS due')).toEqual([{ due: true }]);
    expect((await trail(job, 'take_over')).items).toMatchObject([{ details: { from: userId } }]);
  });

  it('needs every host of it', async () => {
    const job = await seed(['waiting', 'queued'], {}, 1);
    const reply = await command(job, 'take-over', operator);
    expect([reply.status, reply.body.code]).toEqual([403, 'forbidden']);
  });
});

describe('a command to a job', () => {
  const verbs = ['pause', 'resume', 'cancel', 'take-over', 'retry-failed'];

  it.each(verbs)(
    '%s is refused to who reaches a part of its hosts, and not there for who reaches none',
    async (verb) => {
      const part = await seed(['waiting', 'regressed'], {}, 1);
      const none = await seed(['waiting', 'regressed']);
      const reply = await command(part, verb, operator);
      expect([reply.status, reply.body.code]).toEqual([403, 'forbidden']);
      expect(reply.body.message).toMatch(/hosts that you do not reach/);
      expect((await command(none, verb, operator)).status).toBe(404);
      expect((await command({ id: userId }, verb)).status).toBe(404);
    },
  );

  it.each(verbs.slice(0, 4))('%s is refused once every run has ended', async (verb) => {
    const reply = await command(await seed(['succeeded', 'indeterminate']), verb);
    expect([reply.status, reply.body.code]).toEqual([409, 'job_ended']);
  });

  it('is an operator’s who reaches all of its hosts', async () => {
    const host = await addFleetHost(api, { groupIds: [groupId] });
    const job = await ordered(operator, orderOf([host]));
    expect((await commanded(job, 'pause', operator)).paused).toMatchObject({ by: 'omar' });
    expect((await commanded(job, 'resume', operator)).paused).toBeNull();
  });
});
