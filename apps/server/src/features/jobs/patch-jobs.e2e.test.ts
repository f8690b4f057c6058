import { jobStatus as jobStatuses } from '@patchgate/contracts';
import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { addHost, addOperator } from '../health-checks/checks.fixture.js';
import { seedJob } from '../runs/seed-runs.fixture.js';
import type { SeededJob } from '../runs/seed-runs.fixture.js';
import type { SeededStateName } from '../runs/seeded-states.fixture.js';

interface Page {
  items: PatchJobView[];
  total: number;
  next_cursor: string | null;
}

let api: TestApi;
let operator: TestCaller;
let groupId: string;
let userId: string;
beforeAll(async () => {
  api = await startTestApi();
  ({ caller: operator, groupId } = await addOperator(api, 'omar'));
  ({ id: userId } = (await api.admin.ok('/auth/session')).user as { id: string });
});
afterAll(() => api.close());

type Seed = Omit<Parameters<typeof seedJob>[1], 'createdBy' | 'runs' | 'now'>;

/** A job with a run of each state; the first `reached` of its hosts are the operator's. */
async function seed(states: readonly SeededStateName[], options: Seed = {}, reached = 0): Promise<SeededJob> {
  const runs = [];
  for (const [index, state] of states.entries())
    runs.push({ state, hostId: await addHost(api, index < reached ? [groupId] : []) });
  return seedJob(api.app.get(DataSource), { createdBy: userId, runs, now: new Date(), ...options });
}

const list = async (query = '', caller = api.admin) =>
  (await caller.ok(`/patch-jobs?${query}`)) as unknown as Page;
const get = async ({ id }: SeededJob, caller = api.admin) =>
  (await caller.ok(`/patch-jobs/${id}`)) as unknown as PatchJobView;
const board = async ({ id }: SeededJob, caller = api.admin) =>
  (await caller.ok(`/patch-jobs/${id}/board`)) as unknown as JobBoardView;

describe('the status of a job', () => {
  const cases: [PatchJobView['status'], SeededStateName[], Seed?][] = [
    ['queued', ['queued', 'blackout']],
    ['running', ['queued', 'waiting']],
    ['running', ['succeeded', 'queued']],
    ['paused', ['waiting', 'succeeded'], { paused: 'person' }],
    ['succeeded', ['succeeded', 'not_verified']],
    ['succeeded', ['succeeded'], { paused: 'person' }],
    ['cancelled', ['cancelled', 'cancelled']],
    ['partially_failed', ['succeeded', 'regressed']],
    ['partially_failed', ['succeeded', 'cancelled']],
    ['partially_failed', ['succeeded', 'indeterminate']],
    ['failed', ['regressed', 'cancelled']],
    ['failed', ['resolved']],
  ];

  it.each(cases)('is %s with runs %j, and so it is found', async (status, states, options) => {
    const name = `${status} ${states.join()} ${options?.paused ?? ''}`.trim();
    const job = await seed(states, { ...options, name });
    expect((await get(job)).status).toBe(status);
    const q = encodeURIComponent(name);
    for (const other of jobStatuses.options) {
      const { items, total } = await list(`q=${q}&status=${other}`);
      const found = items.some(({ id }) => id === job.id);
      expect([other, found]).toEqual([other, other === status]);
      expect(total).toBe(items.length);
    }
    const isOpen = ['queued', 'running', 'paused'].includes(status);
    expect((await list(`q=${q}&open=${String(isOpen)}`)).items.map(({ id }) => id)).toContain(job.id);
    expect((await list(`q=${q}&open=${String(!isOpen)}`)).items.map(({ id }) => id)).not.toContain(job.id);
  });

  it('is what somebody says of an outcome that nobody knew', async () => {
    const job = await seed(['succeeded', 'resolved'], { name: 'said to be good' });
    expect((await get(job)).status).toBe('partially_failed');
    const db = api.app.get(DataSource);
    await db.query(
      `UPDATE patch_job_hosts SET resolved_outcome = 'succeeded' WHERE job_id = $1 AND resolved_at IS NOT NULL`,
      [job.id],
    );
    expect(await get(job)).toMatchObject({
      status: 'succeeded',
      failures: 0,
      run_counts: { succeeded: 2, indeterminate: 0 },
    });
    expect((await list('q=said+to+be+good&status=succeeded')).total).toBe(1);
  });
});

describe('a job', () => {
  it('counts its runs by status, what is in flight, and what failed since it was resumed', async () => {
    const job = await seed(
      [
        ...(['running', 'verifying', 'queued', 'waiting', 'succeeded'] as const),
        // Two that count; of the third no agent was told.
        ...(['regressed', 'indeterminate', 'gate_window_closed'] as const),
      ],
      { maxFailures: 3 },
    );
    const view = await get(job);
    expect(view.run_counts).toEqual({
      ...{ queued: 1, waiting_health_check: 1, dispatching: 0, running: 1, rebooting: 0, verifying: 1 },
      ...{ succeeded: 1, failed: 2, cancelled: 0, indeterminate: 1 },
    });
    expect(view).toMatchObject({ hosts_total: 8, in_flight: 2, failures: 2, ended_at: null });
    const db = api.app.get(DataSource);
    await db.query('UPDATE patch_jobs SET failures_accepted = 2 WHERE id = $1', [job.id]);
    expect((await get(job)).failures).toBe(0);
  });

  it('says when its windows open and close, and once it is over when it ended', async () => {
    const open = await get(await seed(['queued', 'waiting', 'succeeded']));
    expect(Date.parse(open.window_opens_at ?? '')).toBeLessThan(Date.now());
    expect(Date.parse(open.window_closes_at ?? '')).toBeGreaterThan(Date.now() + 100 * 60_000);
    const over = await get(await seed(['succeeded', 'gate_window_closed']));
    expect([over.window_opens_at, over.window_closes_at]).toEqual([null, null]);
    expect(Date.parse(over.ended_at ?? '')).toBeLessThan(Date.now());
  });

  it('foretells its end once the canary is over and a host has succeeded', async () => {
    const ends = async (states: SeededStateName[], options: Seed) =>
      (await get(await seed(states, options))).expected_end_at;
    expect(await ends(['running', 'waiting'], { canary: 1 })).toBeNull();
    expect(await ends(['regressed', 'waiting'], { canary: 1 })).toBeNull();
    // A host took 13 minutes, and two are to come one after the other.
    const end = await ends(['succeeded', 'waiting', 'batch_wait'], { canary: 1, maxInFlight: 1 });
    expect(Date.parse(end ?? '') - Date.now()).toBeGreaterThan(25 * 60_000);
    expect(Date.parse(end ?? '') - Date.now()).toBeLessThan(27 * 60_000);
    expect(await ends(['succeeded', 'waiting'], { canary: 1, paused: 'person' })).toBeNull();
  });

  it('names who ordered and who paused it, the job it repeats, and the groups the caller is in', async () => {
    const { id: other } = (await api.admin.post('/groups', { name: 'group of nobody' })) as { id: string };
    const first = await seed(['succeeded'], {}, 1);
    const groupIds = [groupId, other];
    const again = await seed(['waiting'], { retryOf: first.id, paused: 'person', groupIds }, 1);
    const view = await get(again, operator);
    expect(view).toMatchObject({
      created_by: { id: userId, name: 'anna' },
      paused: { reason: 'person', by: 'anna' },
      retry_of: { id: first.id, number: first.number },
      groups: [{ id: groupId, name: 'group of omar' }],
    });
    expect((await get(again)).groups).toHaveLength(2);
  });

  it('outlives the people who ordered it', async () => {
    const { id } = await api.createUser('shortlived', 'admin');
    const job = await seed(['waiting']);
    const db = api.app.get(DataSource);
    await db.query('UPDATE patch_jobs SET created_by = $1 WHERE id = $2', [id, job.id]);
    await db.query('DELETE FROM users WHERE id = $1', [id]);
    expect((await get(job)).created_by).toEqual({ id: null, name: 'deleted user' });
  });
});

describe('jobs to others than administrators', () => {
  it('are those with a host in reach, counted over the hosts in reach', async () => {
    const both = await seed(['waiting', 'succeeded', 'regressed'], { name: 'half mine' }, 1);
    const foreign = await seed(['waiting', 'queued'], { name: 'not mine' });
    expect(await get(both, operator)).toMatchObject({ hosts_total: 1, status: 'running', failures: 0 });
    expect((await get(both)).hosts_total).toBe(3);
    const reply = await operator.call(`/patch-jobs/${foreign.id}`);
    const missing = await operator.call(`/patch-jobs/${userId}`);
    expect({ ...reply.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
    expect((await list('q=mine', operator)).items.map(({ id }) => id)).toEqual([both.id]);
    expect((await list('q=mine', operator)).total).toBe(1);
    expect((await list('q=half+mine&status=partially_failed', operator)).total).toBe(0);
    for (const part of ['/hosts', '/board'])
      expect((await operator.call(`/patch-jobs/${foreign.id}${part}`)).status).toBe(404);
    const { cells, reasons } = await board(both, operator);
    expect(cells.map(({ run_id }) => run_id)).toEqual([both.runs[0]?.id]);
    expect(reasons.map(({ reason }) => reason)).toEqual(['check_failed']);
  });

  it('are not found by a host out of reach', async () => {
    const job = await seed(['waiting', 'queued'], {}, 1);
    const [mine = '', other = ''] = job.runs.map(({ hostId }) => hostId);
    expect((await list(`host=${mine}`, operator)).items.map(({ id }) => id)).toEqual([job.id]);
    expect((await list(`host=${other}`, operator)).total).toBe(0);
    expect((await list(`host=${other}`)).total).toBe(1);
  });
});

describe('the list of jobs', () => {
  it('has each job once over its pages, the newest first', async () => {
    const { total } = await list('limit=200');
    const seen: PatchJobView[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await list(`limit=4${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.total).toBe(total);
      seen.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
    const order = seen.map(({ created_at, id }) => `${created_at} ${id}`);
    expect(order).toEqual(order.toSorted().reverse());
  });

  it('finds a job by its number', async () => {
    const job = await seed(['waiting'], { name: 'found by number' });
    for (const q of [`${job.number}`, `%23${job.number}`])
      expect((await list(`q=${q}`)).items.map(({ id }) => id)).toContain(job.id);
  });

  it.each([['1'], ['2026-01-01T00:00:00.000Z'], ['2026-01-01T00:00:00.000Z', 'x']])(
    'refuses a cursor that no page has given: %j',
    async (...parts) => {
      const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
      expect((await api.admin.call(`/patch-jobs?cursor=${cursor}`)).status).toBe(400);
    },
  );
});

describe('the board of a job', () => {
  it('shows an outcome that nobody knew as what somebody said of it, as its counts do', async () => {
    const job = await seed(['resolved', 'indeterminate']);
    const { cells, reasons } = await board(job);
    expect(cells.map(({ status }) => status)).toEqual(['failed', 'indeterminate']);
    expect(reasons.map(({ status, count }) => [status, count])).toEqual([
      ['failed', 1],
      ['indeterminate', 1],
    ]);
    expect((await get(job)).run_counts).toMatchObject({ failed: 1, indeterminate: 1 });
  });

  it('has a cell for each host in the order of the roll-out, and a line for each reason and status', async () => {
    const job = await seed(['succeeded', 'waiting', 'waiting_overridden', 'gate_window_closed', 'queued'], {
      canary: 1,
      batchSize: 2,
    });
    const { cells, reasons } = await board(job);
    expect(cells.map(({ run_id, batch }) => [run_id, batch])).toEqual(
      job.runs.map(({ id }, index) => [id, [0, 1, 1, 2, 2][index]]),
    );
    expect(reasons.map(({ reason, status, count }) => [reason, status, count])).toEqual([
      ['check_failed', 'waiting_health_check', 2],
      ['gate_window_closed', 'failed', 1],
      ['outside_window', 'queued', 1],
    ]);
    expect(reasons[0]?.example).toMatchObject({
      run_id: job.runs[1]?.id,
      detail: 'Storefront answers: status 503',
    });
  });

  it('says of each batch when it began or may begin', async () => {
    const job = await seed(['succeeded', 'waiting', 'batch_wait', 'batch_wait'], {
      canary: 1,
      batchSize: 2,
      maxInFlight: 1,
    });
    const { batches } = await board(job);
    expect(batches.map(({ batch, started_at }) => [batch, started_at !== null])).toEqual([
      [0, true],
      [1, false],
      [2, false],
    ]);
    const inMinutes = batches.map(({ expected_at }) =>
      expected_at === null ? null : Math.abs(Math.round((Date.parse(expected_at) - Date.now()) / 60_000)),
    );
    expect(inMinutes).toEqual([null, 0, 26]);
  });
});
