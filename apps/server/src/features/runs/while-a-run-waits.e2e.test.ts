import type { HostView, RunView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { add, addHost, addOperator, service } from '../health-checks/checks.fixture.js';
import { addFleetHost, addWindow, orderOf, ordered } from '../jobs/ordering.fixture.js';
import { closeWindows } from './close-windows.js';
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

async function hostIn(state: SeededStateName): Promise<string> {
  const hostId = await addHost(api, [groupId]);
  const runs = [{ hostId, state }];
  await seedJob(db, { createdBy: userId, runs, now: new Date(), name: 'the job of the host' });
  return hostId;
}

const undispatched = ['queued', 'waiting'] as const;
const dispatched = ['running', 'verifying', 'succeeded', 'indeterminate'] as const;

describe('the checks of a host', () => {
  const attempt = async (
    state: SeededStateName,
    caller: () => TestCaller,
    method: string,
    change: object = {},
  ) => {
    const hostId = await addHost(api, [groupId]);
    const check = await add(api.admin, hostId, service);
    await seedJob(db, {
      createdBy: userId,
      runs: [{ hostId, state }],
      now: new Date(),
      name: 'the job of the host',
    });
    const body = method === 'DELETE' ? {} : { body: { ...service, ...change } };
    return caller().call(`/hosts/${hostId}/health-checks/${check.id}`, { method, ...body });
  };

  it.each(undispatched)('are changed by administrators only while a run of it is %s', async (state) => {
    for (const [method, change] of [
      ['PUT', { service_name: 'apache2' }],
      ['PUT', { enabled: false }],
      ['DELETE', {}],
    ] as const) {
      const refused = await attempt(state, () => operator, method, change);
      expect([refused.status, refused.body.code]).toEqual([409, 'host_in_run']);
      expect(refused.body.message).toMatch(/in job \d+ "the job of the host"/);
      expect((await attempt(state, () => api.admin, method, change)).status).toBeLessThan(300);
    }
  });

  it.each(dispatched)('are everybody’s again once a run of it is %s', async (state) => {
    expect((await attempt(state, () => operator, 'PUT', { enabled: false })).status).toBe(200);
  });

  it('can be added to and tested meanwhile, which opens no gate', async () => {
    const hostId = await hostIn('waiting');
    const { id } = await add(operator, hostId, service);
    const reply = await operator.call(`/hosts/${hostId}/health-checks/${id}/test`, {
      method: 'POST',
      body: {},
    });
    expect(reply.status).toBe(200);
  });
});

describe('the groups of a host', () => {
  it.each(undispatched)('are changed by administrators only, while a run of it is %s too', async (state) => {
    const hostId = await hostIn(state);
    const { id: other } = (await api.admin.post('/groups', { name: `other ${newId()}` })) as { id: string };
    const leave = { method: 'DELETE', path: `/groups/${groupId}/hosts/${hostId}` };
    const join = { method: 'POST', path: `/groups/${other}/hosts`, body: { host_ids: [hostId] } };
    for (const { path, ...request } of [leave, join]) {
      expect((await operator.call(path, request)).status).toBe(403);
      expect((await api.admin.call(path, request)).status).toBeLessThan(300);
    }
  });
});

describe('a host', () => {
  it.each([...undispatched, 'dispatching', 'running', 'rebooting', 'verifying', 'indeterminate'] as const)(
    'with a run that is %s cannot be deleted, and shows it',
    async (state) => {
      const hostId = await hostIn(state);
      const reply = await api.admin.call(`/hosts/${hostId}`, { method: 'DELETE' });
      expect([reply.status, reply.body.code]).toEqual([409, 'host_busy']);
      expect(reply.body.message).toMatch(/"the job of the host"/);
      const host = (await operator.ok(`/hosts/${hostId}`)) as unknown as HostView;
      const { items } = (await operator.ok('/hosts?limit=200')) as unknown as { items: HostView[] };
      expect(host.active_run).toMatchObject({ status: expect.any(String) as string });
      expect(items.find(({ id }) => id === hostId)?.active_run).toEqual(host.active_run);
      const { job_id, run_id } = host.active_run ?? {};
      const run = await operator.ok(`/patch-jobs/${job_id ?? ''}/hosts/${run_id ?? ''}`);
      expect(run).toMatchObject({ host_id: hostId, status: host.active_run?.status });
    },
  );

  it.each(['succeeded', 'regressed', 'cancelled', 'resolved'] as const)(
    'with a run that is %s is free, and goes with its runs',
    async (state) => {
      const hostId = await hostIn(state);
      expect((await api.admin.ok(`/hosts/${hostId}`)).active_run).toBeNull();
      expect((await api.admin.call(`/hosts/${hostId}`, { method: 'DELETE' })).status).toBe(204);
      expect((await api.admin.ok(`/patch-jobs?host=${hostId}`)).total).toBe(0);
    },
  );
});

describe('a change of windows or groups plans anew', () => {
  const minuteMs = 60_000;
  const runOf = async (jobId: string) =>
    ((await api.admin.ok(`/patch-jobs/${jobId}/hosts`)).items as RunView[])[0]?.gate;
  const inMinutes = (at: string | null | undefined) =>
    at == null ? null : Math.round((Date.parse(at) - Date.now()) / minuteMs);
  /** A job on one host in a window that opens so many minutes from now. */
  async function jobIn(scope: 'host' | 'group', opens: number, minutes = 120) {
    const { id: group } = (await api.admin.post('/groups', { name: `of windows ${newId()}` })) as {
      id: string;
    };
    const hostId = await addFleetHost(api, { groupIds: [group] });
    const where = scope === 'host' ? { host_id: hostId } : { group_id: group };
    const windowId = await addWindow(api, where, { inMinutes: opens, minutes });
    const { id } = await ordered(api.admin, orderOf([hostId], { schedule: 'window' }));
    return { id, hostId, group, windowId };
  }
  const isNow = (at: string | null | undefined) => Math.abs(Date.parse(at ?? '') - Date.now()) < minuteMs;

  it('a window that is added before the one to come is taken', async () => {
    const { id, hostId } = await jobIn('host', 300);
    await addWindow(api, { host_id: hostId }, { inMinutes: 60, minutes: 30 });
    const gate = await runOf(id);
    expect(inMinutes(gate?.window_opens_at)).toBeGreaterThanOrEqual(59);
    expect(inMinutes(gate?.window_closes_at)).toBeLessThanOrEqual(90);
  });

  it('an open window that is removed closes now, and no later one is taken', async () => {
    const { id, hostId, windowId } = await jobIn('host', -30);
    await addWindow(api, { host_id: hostId }, { inMinutes: 300, minutes: 30 });
    expect(inMinutes((await runOf(id))?.window_closes_at)).toBeGreaterThan(60);
    await api.admin.ok(`/maintenance-windows/${windowId}`, { method: 'DELETE' });
    expect(isNow((await runOf(id))?.window_closes_at)).toBe(true);
  });

  it('a window to come that is removed gives way to the next, and without one closes now', async () => {
    const { id, hostId, windowId } = await jobIn('host', 60);
    const other = await addWindow(api, { host_id: hostId }, { inMinutes: 300, minutes: 30 });
    await api.admin.ok(`/maintenance-windows/${windowId}`, { method: 'DELETE' });
    expect(inMinutes((await runOf(id))?.window_opens_at)).toBeGreaterThanOrEqual(299);
    await api.admin.ok(`/maintenance-windows/${other}`, { method: 'DELETE' });
    const gate = await runOf(id);
    expect(gate?.window_opens_at).toBeNull();
    expect(isNow(gate?.window_closes_at)).toBe(true);
    await closeWindows(db, new Date());
    expect((await api.admin.ok(`/patch-jobs/${id}/hosts`)).items).toMatchObject([
      { status: 'failed', reason: 'no_window' },
    ]);
  });

  it('a window that grows or shrinks takes its open runs along', async () => {
    const { id, windowId } = await jobIn('group', -30);
    const { name, kind, time_zone, starts_at, recurrence } = await api.admin.ok(
      `/maintenance-windows/${windowId}`,
    );
    await api.admin.ok(`/maintenance-windows/${windowId}`, {
      method: 'PUT',
      body: { name, kind, time_zone, starts_at, recurrence, duration_minutes: 60 },
    });
    expect(inMinutes((await runOf(id))?.window_closes_at)).toBeLessThanOrEqual(30);
  });

  it('a host that leaves the group of its window loses it', async () => {
    const { id, hostId, group } = await jobIn('group', -30);
    await api.admin.ok(`/groups/${group}/hosts/${hostId}`, { method: 'DELETE' });
    expect(isNow((await runOf(id))?.window_closes_at)).toBe(true);
  });

  it('a host that joins a group has its windows', async () => {
    const { id, hostId } = await jobIn('host', 300);
    const { group } = await jobIn('group', -10, 60);
    await api.admin.ok(`/groups/${group}/hosts/${hostId}`, { method: 'PUT' });
    const gate = await runOf(id);
    expect(inMinutes(gate?.window_opens_at)).toBeLessThanOrEqual(0);
    expect(inMinutes(gate?.window_closes_at)).toBeLessThanOrEqual(50);
  });

  it('a group that is deleted takes its windows with it', async () => {
    const { id, group } = await jobIn('group', 60);
    await api.admin.ok(`/groups/${group}`, { method: 'DELETE' });
    expect((await runOf(id))?.window_opens_at).toBeNull();
  });

  it('what was held until a blackout ends is looked at anew when that is lifted', async () => {
    const hostId = await addFleetHost(api);
    const { id } = await ordered(api.admin, orderOf([hostId]));
    const blackout = await addWindow(
      api,
      { host_id: hostId },
      { inMinutes: -5, minutes: 30, kind: 'blackout' },
    );
    await db.query(
      `UPDATE patch_job_hosts SET reason = 'blackout', next_attempt_at = now() + interval '25 minutes' WHERE job_id = $1`,
      [id],
    );
    const before = await runOf(id);
    await api.admin.ok(`/maintenance-windows/${blackout}`, { method: 'DELETE' });
    const after = await runOf(id);
    expect(before?.next_attempt_at).not.toBeNull();
    expect(after?.next_attempt_at).toBeNull();
    expect(after?.window_closes_at).toBe(before?.window_closes_at);
  });

  it('leaves alone what was dispatched', async () => {
    const { id, windowId } = await jobIn('host', -30);
    await db.query(`UPDATE patch_job_hosts SET status = 'running', dispatched_at = now() WHERE job_id = $1`, [
      id,
    ]);
    const before = await runOf(id);
    await api.admin.ok(`/maintenance-windows/${windowId}`, { method: 'DELETE' });
    expect((await runOf(id))?.window_closes_at).toBe(before?.window_closes_at);
  });
});
