import type { GateAttemptView, LogLineView, RunDetailView, RunView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { addHost, addOperator } from '../health-checks/checks.fixture.js';
import { seedJob } from './seed-runs.fixture.js';
import type { SeededJob } from './seed-runs.fixture.js';
import { seededStates } from './seeded-states.fixture.js';
import type { SeededStateName } from './seeded-states.fixture.js';

interface Page<Item> {
  items: Item[];
  total: number;
  next_cursor: string | null;
}

const names = Object.keys(seededStates) as SeededStateName[];
let api: TestApi;
let operator: TestCaller;
let job: SeededJob;

beforeAll(async () => {
  api = await startTestApi();
  const omar = await addOperator(api, 'omar');
  operator = omar.caller;
  const { user } = (await api.admin.ok('/auth/session')) as { user: { id: string } };
  const runs = [];
  // Every second host is one that the operator reaches.
  for (const [index, state] of names.entries())
    runs.push({ state, hostId: await addHost(api, index % 2 === 0 ? [omar.groupId] : []) });
  const db = api.app.get(DataSource);
  job = await seedJob(db, { createdBy: user.id, runs, now: new Date(), canary: 1, batchSize: 5 });
});
afterAll(() => api.close());

const runId = (state: SeededStateName): string => job.runs.find((run) => run.state === state)?.id ?? '';
const pathOf = (state: SeededStateName): string => `/patch-jobs/${job.id}/hosts/${runId(state)}`;
const get = async (state: SeededStateName, caller = api.admin) =>
  (await caller.ok(pathOf(state))) as unknown as RunDetailView;
const list = async (caller: TestCaller, query = '') =>
  (await caller.ok(`/patch-jobs/${job.id}/hosts?${query}`)) as unknown as Page<RunView>;

describe('the runs of a job', () => {
  it('are shown in the order of the roll-out, each in its batch and as it is', async () => {
    const { items, total } = await list(api.admin);
    expect(total).toBe(names.length);
    expect(items.map(({ status }) => status)).toEqual(names.map((name) => seededStates[name].status));
    expect(items.map(({ position }) => position)).toEqual(names.map((_, index) => index));
    expect(items.slice(0, 7).map(({ batch }) => batch)).toEqual([0, 1, 1, 1, 1, 1, 2]);
  });

  it('come in pages, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<RunView> = await list(
        api.admin,
        `limit=7${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.total).toBe(names.length);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(job.runs.map(({ id }) => id));
  });

  it('are found by name, status and reason, and counted so', async () => {
    const { fqdn } = await get('regressed');
    expect(await list(api.admin, `q=${fqdn.toUpperCase()}`)).toMatchObject({ total: 1, items: [{ fqdn }] });
    const waiting = await list(api.admin, 'status=waiting_health_check');
    expect(waiting.items.map(({ id }) => id)).toEqual([
      runId('waiting'),
      runId('waiting_overridden'),
      runId('check_error'),
    ]);
    expect((await list(api.admin, 'status=waiting_health_check&reason=check_error')).total).toBe(1);
    const failed = (await list(api.admin, 'status=failed')).items.map(({ id }) => id);
    expect(failed).toEqual(expect.arrayContaining([runId('regressed'), runId('resolved')]));
    expect((await list(api.admin, 'status=indeterminate')).items.map(({ id }) => id)).toEqual([
      runId('indeterminate'),
    ]);
    const atAgents = (await list(api.admin, 'status=in_progress')).items.map(({ status }) => status);
    expect(new Set(atAgents)).toEqual(new Set(['dispatching', 'running', 'rebooting', 'verifying']));
    expect((await list(api.admin, 'q=%25')).total).toBe(0);
  });

  it('are shown and counted only of hosts that the caller reaches', async () => {
    const { items, total } = await list(operator);
    const reached = job.runs.filter((_, index) => index % 2 === 0);
    expect(items.map(({ id }) => id)).toEqual(reached.map(({ id }) => id));
    expect(total).toBe(reached.length);
    expect((await list(operator, 'status=waiting_health_check')).total).toBe(1);
    const foreign = await operator.call(pathOf('batch_wait'));
    const missing = await operator.call(`/patch-jobs/${job.id}/hosts/${job.id}`);
    expect({ ...foreign.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
    expect(foreign.status).toBe(404);
  });

  it('are not found below another job', async () => {
    const reply = await api.admin.call(`/patch-jobs/${runId('waiting')}/hosts/${runId('waiting')}`);
    expect(reply.status).toBe(404);
    expect((await api.admin.call(`/patch-jobs/${runId('waiting')}/hosts`)).status).toBe(404);
  });

  it('refuse a cursor that no page has given', async () => {
    const cursor = Buffer.from(JSON.stringify([2 ** 31])).toString('base64url');
    expect((await api.admin.call(`/patch-jobs/${job.id}/hosts?cursor=${cursor}`)).status).toBe(400);
  });
});

describe('a run', () => {
  it('tells of its gate: attempts, their outcomes, the checks of the latest and the window', async () => {
    const { gate, status, reason, detail } = await get('waiting');
    expect({ status, reason, detail }).toEqual({
      status: 'waiting_health_check',
      reason: 'check_failed',
      detail: 'Storefront answers: status 503',
    });
    expect(gate).toMatchObject({ attempts: 3, outcomes: ['fail', 'error', 'fail'] });
    expect(gate.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['Storefront answers', 'fail'],
      ['PHP pool', 'pass'],
    ]);
    expect(Date.parse(gate.next_attempt_at ?? '')).toBeGreaterThan(Date.parse(gate.last_attempt_at ?? ''));
    expect(gate.window_closes_at).not.toBeNull();
  });

  it('tells of the last 24 outcomes, the latest last', async () => {
    const id = runId('batch_wait');
    const db = api.app.get(DataSource);
    await db.query(
      `INSERT INTO gate_attempts (run_id, attempt, started_at, ended_at, outcome)
       SELECT $1, n, now(), now(), CASE WHEN n = 30 THEN 'error' ELSE 'fail' END FROM generate_series(2, 30) n`,
      [id],
    );
    const { gate } = await get('batch_wait');
    expect(gate.outcomes).toEqual([...Array<string>(23).fill('fail'), 'error']);
  });

  it('tells of packages, reboot and the checks before and after', async () => {
    const run = await get('regressed');
    expect(run).toMatchObject({ verification: 'regressed', reboot: 'not_needed', progress: 100 });
    expect(run.checks.map(({ before, after }) => [before?.verdict, after?.verdict])).toEqual([
      ['pass', 'fail'],
      ['pass', 'pass'],
    ]);
    expect((await get('succeeded')).packages[0]).toMatchObject({
      name: 'openssl',
      wanted: '3.0.18-1~deb12u1',
      after: '3.0.18-1~deb12u1',
    });
  });

  it('tells who let it through, who cancelled it and what somebody said of its outcome', async () => {
    expect((await get('waiting_overridden')).override).toMatchObject({ by: 'anna', reason: /OPS-4711/ });
    expect((await get('cancelled')).actors.cancelled_by).toMatchObject({ name: 'anna' });
    expect((await get('resolved')).resolution).toMatchObject({ outcome: 'failed', by: 'anna' });
    expect((await get('indeterminate')).resolution).toBeNull();
  });

  it('tells all but administrators no difference between a name that is blocked and one that is unknown', async () => {
    const db = api.app.get(DataSource);
    const id = runId('waiting');
    await db.query(
      `UPDATE gate_attempt_checks SET reason = 'blocked', detail = 'blocked: 10.1.2.3 is ours'
       WHERE run_id = $1 AND attempt = 3 AND position = 0`,
      [id],
    );
    await db.query(
      `UPDATE patch_job_hosts SET detail = 'Storefront answers: blocked: 10.1.2.3' WHERE id = $1`,
      [id],
    );
    expect(names.indexOf('waiting') % 2).toBe(1);
    const { user } = (await operator.ok('/auth/session')) as { user: { id: string } };
    await db.query(
      `INSERT INTO group_hosts (group_id, host_id) SELECT g.group_id, r.host_id FROM group_users g, patch_job_hosts r
       WHERE g.user_id = $1 AND r.id = $2`,
      [user.id, id],
    );
    const told = await get('waiting', operator);
    expect(told.gate.checks[0]).toMatchObject({ reason: 'dns', latency_ms: 0 });
    expect(JSON.stringify(told)).not.toContain('10.1.2.3');
    expect(told.detail).toMatch(/^Storefront answers: the name does not resolve/);
    expect((await get('waiting')).detail).toBe('Storefront answers: blocked: 10.1.2.3');
  });
});

describe('the evidence of a run', () => {
  it('is every attempt, the latest first, over pages', async () => {
    const first = (await api.admin.ok(
      `${pathOf('gate_window_closed')}/attempts?limit=2`,
    )) as unknown as Page<GateAttemptView>;
    expect(first.items.map(({ attempt }) => attempt)).toEqual([3, 2]);
    expect(first.items[0]?.checks[0]).toMatchObject({ verdict: 'fail', detail: 'status 503' });
    expect(first.total).toBe(3);
    const rest = await api.admin.ok(
      `${pathOf('gate_window_closed')}/attempts?limit=2&cursor=${first.next_cursor ?? ''}`,
    );
    expect(rest).toMatchObject({ items: [{ attempt: 1 }], next_cursor: null });
  });

  it('is the log after a line, the oldest first', async () => {
    const whole = (await api.admin.ok(`${pathOf('running')}/log`)) as unknown as Page<LogLineView>;
    expect(whole.items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(whole.items[0]).toMatchObject({ source: 'manager', line: 'order sent' });
    const tail = (await api.admin.ok(
      `${pathOf('running')}/log?after=5&limit=1`,
    )) as unknown as Page<LogLineView>;
    expect([tail.items.map(({ seq }) => seq), tail.total]).toEqual([[6], 7]);
    expect((await api.admin.ok(`${pathOf('running')}/log?after=9007199254740991`)).items).toEqual([]);
  });

  it('is nobody’s who does not reach the host', async () => {
    for (const part of ['attempts', 'log'])
      expect((await operator.call(`${pathOf('batch_wait')}/${part}`)).status).toBe(404);
  });
});
