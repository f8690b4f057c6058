import type { RunView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { addHost, addOperator } from '../health-checks/checks.fixture.js';
import { seedJob } from './seed-runs.fixture.js';
import type { SeededStateName } from './seeded-states.fixture.js';

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

interface Target {
  path: string;
  id: string;
  hostId: string;
}

/** A run in a state, on a host that the operator reaches; the job has another host that he does not reach. */
async function seed(state: SeededStateName): Promise<Target> {
  const runs = [
    { state, hostId: await addHost(api, [groupId]) },
    { state: 'queued' as const, hostId: await addHost(api) },
  ];
  const job = await seedJob(db, { createdBy: userId, runs, now: new Date() });
  const [run] = job.runs;
  return {
    path: `/patch-jobs/${job.id}/hosts/${run?.id ?? ''}`,
    id: run?.id ?? '',
    hostId: run?.hostId ?? '',
  };
}

const reasons = { override: 'the storefront is in maintenance' };
const said = { outcome: 'failed', reason: 'looked at the host: nothing was started' };
const bodies: Record<string, object> = { override: { reason: reasons.override }, resolve: said };
const command = ({ path }: Target, verb: string, caller = api.admin, body = bodies[verb] ?? {}) =>
  caller.call(`${path}/${verb}`, { method: 'POST', body });
const commanded = async (target: Target, verb: string, caller = api.admin) => {
  const reply = await command(target, verb, caller);
  expect([reply.status, reply.body.code]).toEqual([200, undefined]);
  return reply.body as unknown as RunView;
};
const columns = async ({ id }: Target, names: string) =>
  (await db.query<Record<string, unknown>[]>(`SELECT ${names} FROM patch_job_hosts WHERE id = $1`, [id]))[0];
const trail = async ({ id }: Target, caller = api.admin) =>
  (await caller.ok(`/audit-log?object_id=${id}`)).items as {
    action: string;
    details: Record<string, unknown>;
  }[];

const undispatched = ['queued', 'waiting'] as const;
const inFlight = ['dispatching', 'running', 'rebooting', 'verifying'] as const;
const ended = ['succeeded', 'regressed', 'cancelled', 'indeterminate', 'resolved'] as const;

describe('to cancel a run', () => {
  it.each([...undispatched, ...inFlight])(
    'that is %s is a request, and its status is what it was',
    async (state) => {
      const run = await seed(state);
      const before = await columns(run, 'status, next_attempt_at');
      const view = await commanded(run, 'cancel', operator);
      expect(view.cancel_requested_at).not.toBeNull();
      expect(await columns(run, 'status, next_attempt_at')).toEqual(before);
      const isDue = (inFlight as readonly string[]).includes(state) ? true : null;
      expect(await columns(run, 'next_step_at <= now() AS due')).toEqual({ due: isDue });
    },
  );

  it.each(ended)('that is %s is too late', async (state) => {
    expect((await command(await seed(state), 'cancel')).body.code).toBe('run_ended');
  });

  it('twice is to cancel it once', async () => {
    const run = await seed('running');
    const first = await commanded(run, 'cancel');
    expect((await commanded(run, 'cancel', operator)).cancel_requested_at).toBe(first.cancel_requested_at);
    expect(await trail(run)).toMatchObject([
      { action: 'patch_run.cancel', details: { host_id: run.hostId } },
    ]);
  });
});

describe('to check a run now', () => {
  it.each(undispatched)('that is %s asks its worker for an attempt', async (state) => {
    const run = await seed(state);
    await commanded(run, 'check-now', operator);
    expect(await columns(run, 'check_requested_at <= now() AS asked, attempt, status')).toMatchObject({
      asked: true,
    });
    expect((await trail(run)).map(({ action }) => action)).toEqual(['patch_run.check_now']);
  });

  it.each([
    ...inFlight.map((state) => [state, 'run_started']),
    ...ended.map((state) => [state, 'run_ended']),
  ])('that is %s is refused as %s', async (state, code) => {
    const run = await seed(state as SeededStateName);
    expect((await command(run, 'check-now')).body.code).toBe(code);
    expect((await command(run, 'override')).body.code).toBe(code);
  });
});

describe('to override the gate', () => {
  it('is told to the run with who and why, and to the trail with what was red', async () => {
    const run = await seed('waiting');
    const view = await commanded(run, 'override');
    expect(view.override).toMatchObject({ by: 'anna', reason: reasons.override });
    expect(view.status).toBe('waiting_health_check');
    expect(await columns(run, 'check_requested_at <= now() AS asked')).toEqual({ asked: true });
    expect(await trail(run)).toMatchObject([
      {
        action: 'patch_run.override',
        details: {
          reason: reasons.override,
          evidence: {
            outcome: 'fail',
            checks: [{ name: 'Storefront answers', verdict: 'fail', detail: 'status 503' }],
          },
        },
      },
    ]);
  });

  it('tells the trail, which more people read, nothing of a target that is blocked', async () => {
    const run = await seed('waiting');
    await db.query(
      `UPDATE gate_attempt_checks SET reason = 'blocked', detail = 'blocked: 10.1.2.3' WHERE run_id = $1 AND position = 0`,
      [run.id],
    );
    await commanded(run, 'override');
    const told = await trail(run, operator);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('10.1.2.3');
  });

  it('is refused once the window has closed', async () => {
    const run = await seed('waiting');
    await db.query(
      `UPDATE patch_job_hosts SET window_closes_at = now() - interval '1 second' WHERE id = $1`,
      [run.id],
    );
    const reply = await command(run, 'override');
    expect([reply.status, reply.body.code]).toEqual([409, 'window_closed']);
    expect(await columns(run, 'override_by')).toEqual({ override_by: null });
  });

  it('needs an administrator, and a reason of ten characters', async () => {
    const run = await seed('waiting');
    expect((await command(run, 'override', operator)).status).toBe(403);
    expect((await command(run, 'override', api.admin, { reason: ' too short ' })).status).toBe(400);
    expect(await trail(run)).toEqual([]);
  });
});

describe('to resolve a run', () => {
  it('whose outcome nobody knows says what became of it, frees its host and lets no worker write over it', async () => {
    const run = await seed('indeterminate');
    const before = await columns(run, 'fence');
    const view = await commanded(run, 'resolve', operator);
    expect(view).toMatchObject({ status: 'indeterminate', resolution: { ...said, by: 'omar' } });
    expect(Number((await columns(run, 'fence'))?.fence)).toBe(Number(before?.fence) + 1);
    expect(await columns(run, 'next_step_at, owner, lease_until')).toEqual({
      ...{ next_step_at: null, owner: null, lease_until: null },
    });
    expect(await trail(run, operator)).toMatchObject([{ action: 'patch_run.resolve', details: said }]);
    expect((await command(run, 'resolve')).body.code).toBe('run_not_indeterminate');
  });

  it.each([...undispatched, ...inFlight, 'succeeded', 'regressed'] as const)(
    'that is %s is refused',
    async (state) => {
      const reply = await command(await seed(state), 'resolve');
      expect([reply.status, reply.body.code]).toEqual([409, 'run_not_indeterminate']);
    },
  );
});

describe('a command to a run', () => {
  it.each(['cancel', 'check-now', 'resolve'])(
    '%s is not there for who does not reach its host',
    async (verb) => {
      const { path } = await seed('waiting');
      const job = path.split('/hosts/')[0] ?? '';
      const { items } = (await api.admin.ok(`${job}/hosts`)) as { items: RunView[] };
      const foreign = { path: `${job}/hosts/${items[1]?.id ?? ''}`, id: '', hostId: '' };
      expect((await command(foreign, verb, operator)).status).toBe(404);
    },
  );

  it('fifty times at once is one request', async () => {
    const run = await seed('running');
    const replies = await Promise.all(Array.from({ length: 50 }, () => command(run, 'cancel')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await trail(run)).toHaveLength(1);
  });
});
