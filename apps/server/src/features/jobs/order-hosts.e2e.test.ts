import type { RunView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { addOperator } from '../health-checks/checks.fixture.js';
import { addFleetHost, addWindow, order, orderOf, ordered } from './ordering.fixture.js';

let api: TestApi;
let operator: TestCaller;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi();
  ({ caller: operator, groupId } = await addOperator(api, 'omar'));
});
afterAll(() => api.close());

const runsOf = async (jobId: string) =>
  (await api.admin.ok(`/patch-jobs/${jobId}/hosts?limit=200`)).items as RunView[];
const audited = async (query: string) =>
  (await api.admin.ok(`/audit-log?${query}`)) as unknown as {
    total: number;
    items: { details: Record<string, unknown>; object_id: string }[];
  };

describe('an order', () => {
  it('makes a run of each host, queued in the order of the roll-out, with its window and why it waits', async () => {
    const now = await addFleetHost(api);
    const [later, held] = [await addFleetHost(api), await addFleetHost(api)];
    await addWindow(api, { host_id: now }, { inMinutes: -30, minutes: 120 });
    await addWindow(api, { host_id: later }, { inMinutes: 60, minutes: 90 });
    await addWindow(api, { host_id: held }, { inMinutes: -30, minutes: 120 });
    await addWindow(api, { host_id: held }, { inMinutes: -10, minutes: 40, kind: 'blackout' });
    const job = await ordered(
      api.admin,
      orderOf([later, held, now], { schedule: 'window', max_in_flight: 1 }),
    );
    expect(job).toMatchObject({ status: 'queued', hosts_total: 3, schedule: 'window', deadline_at: null });
    const runs = await runsOf(job.id);
    expect(runs.map(({ host_id, status, reason, batch }) => [host_id, status, reason, batch])).toEqual([
      [now, 'queued', null, 1],
      [held, 'queued', 'blackout', 1],
      [later, 'queued', 'outside_window', 1],
    ]);
    for (const { gate } of runs) {
      expect(gate.next_attempt_at).toBeNull();
      expect(Date.parse(gate.window_closes_at ?? '')).toBeGreaterThan(Date.now());
    }
    expect(Date.parse(runs[2]?.gate.window_opens_at ?? '')).toBeGreaterThan(Date.now());
  });

  it('for now ends at its deadline, and has hosts wait for their batch and for a slot', async () => {
    const hosts = [];
    for (let n = 0; n < 5; n += 1) hosts.push(await addFleetHost(api));
    const body = orderOf(hosts, { canary: 1, batch_size: 2, max_in_flight: 3, deadline_minutes: 30 });
    const job = await ordered(api.admin, body);
    const deadline = Date.parse(job.deadline_at ?? '');
    expect(deadline - Date.parse(job.created_at)).toBe(30 * 60_000);
    const runs = await runsOf(job.id);
    expect(runs.map(({ batch, reason }) => [batch, reason])).toEqual([
      [0, null],
      [1, 'batch_wait'],
      [1, 'batch_wait'],
      [2, 'batch_wait'],
      [2, 'batch_wait'],
    ]);
    for (const { gate } of runs) expect(Date.parse(gate.window_closes_at ?? '')).toBe(deadline);
    const slots = await ordered(
      api.admin,
      orderOf([await addFleetHost(api), await addFleetHost(api)], { max_in_flight: 1 }),
    );
    expect((await runsOf(slots.id)).map(({ reason }) => reason)).toEqual([null, 'batch_wait']);
  });

  it('takes its canary from the hosts that are healthy and reachable', async () => {
    const ill = await addFleetHost(api, { health: 'unhealthy' });
    const silent = await addFleetHost(api, { agent: 'unreachable' });
    const unwatched = await addFleetHost(api, { health: 'none' });
    const well = await addFleetHost(api);
    const job = await ordered(api.admin, orderOf([ill, silent, unwatched, well], { canary: 1 }));
    expect((await runsOf(job.id))[0]).toMatchObject({ host_id: well, batch: 0 });
  });

  it('means each host once, whether it is named or in a group', async () => {
    const { id: group } = (await api.admin.post('/groups', { name: 'twice' })) as { id: string };
    const hosts = [
      await addFleetHost(api, { groupIds: [group] }),
      await addFleetHost(api, { groupIds: [group] }),
    ];
    const body = { ...orderOf([hosts[0]!, hosts[0]!]), group_ids: [group, group] };
    expect(await ordered(api.admin, body)).toMatchObject({ hosts_total: 2, groups: [{ id: group }] });
  });

  it('has a name made of what is ordered, in which no host or group is', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const named = { selection: 'named', packages: ['openssl', 'nginx', 'curl', 'git'] };
    expect((await ordered(api.admin, orderOf([await addFleetHost(api)]))).name).toBe(`All patches, ${today}`);
    expect(await ordered(api.admin, orderOf([await addFleetHost(api)], named))).toMatchObject({
      name: `openssl, nginx, curl and 1 more, ${today}`,
      packages: named.packages,
    });
    const long = { selection: 'named', packages: ['a'.repeat(200)] };
    expect((await ordered(api.admin, orderOf([await addFleetHost(api)], long))).name).toHaveLength(100);
  });

  it('is one entry of the trail, however many hosts it has', async () => {
    const hosts = [await addFleetHost(api), await addFleetHost(api)];
    const job = await ordered(api.admin, orderOf(hosts, { name: 'in the trail' }));
    const { items, total } = await audited(`object_id=${job.id}`);
    expect(total).toBe(1);
    expect(items[0]?.details).toMatchObject({
      name: 'in the trail',
      hosts: 2,
      host_ids: hosts,
      selection: 'all',
    });
  });
});

describe('an order is refused', () => {
  it('when a host of it is busy in another job, and says in which', async () => {
    const [busy, free] = [await addFleetHost(api), await addFleetHost(api)];
    const first = await ordered(api.admin, orderOf([busy], { name: 'the first' }));
    const reply = await order(api.admin, orderOf([free, busy]));
    expect([reply.status, reply.body.code]).toEqual([409, 'host_busy']);
    expect(reply.body.message).toMatch(new RegExp(`busy in job ${first.number} "the first"`));
    expect((await api.admin.ok(`/patch-jobs?host=${free}`)).total).toBe(0);
  });

  it('while nobody knows what became of a run of the host, until somebody says it', async () => {
    const host = await addFleetHost(api);
    const job = await ordered(api.admin, orderOf([host]));
    const [run] = await runsOf(job.id);
    await api.app.get(DataSource).query(
      `UPDATE patch_job_hosts SET status = 'indeterminate', reason = 'unknown_outcome', dispatched_at = now(), ended_at = now()
         WHERE job_id = $1`,
      [job.id],
    );
    expect((await order(api.admin, orderOf([host]))).body.code).toBe('host_busy');
    const said = { outcome: 'failed', reason: 'looked at the host: nothing was started' };
    await api.admin.post(`/patch-jobs/${job.id}/hosts/${run?.id ?? ''}/resolve`, said);
    expect((await order(api.admin, orderOf([host]))).status).toBe(201);
  });

  it('when a host has no agent, or no window to come', async () => {
    const bare = await addFleetHost(api, { agent: 'not_enrolled' });
    const closed = await addFleetHost(api);
    expect((await order(api.admin, orderOf([bare]))).body.code).toBe('no_agent');
    const reply = await order(api.admin, orderOf([closed], { schedule: 'window' }));
    expect([reply.status, reply.body.code]).toEqual([409, 'no_window']);
    expect((await order(api.admin, orderOf([closed]))).status).toBe(201);
  });

  it('for now, when a blackout lasts beyond the deadline', async () => {
    const host = await addFleetHost(api);
    await addWindow(api, { host_id: host }, { inMinutes: -5, minutes: 60, kind: 'blackout' });
    expect((await order(api.admin, orderOf([host], { deadline_minutes: 30 }))).body.code).toBe('no_window');
    const job = await ordered(api.admin, orderOf([host], { deadline_minutes: 90 }));
    expect((await runsOf(job.id))[0]?.reason).toBe('blackout');
  });

  it('when the window of its canary comes after that of the rest', async () => {
    const [late, early] = [await addFleetHost(api), await addFleetHost(api, { health: 'unhealthy' })];
    await addWindow(api, { host_id: late }, { inMinutes: 300, minutes: 60 });
    await addWindow(api, { host_id: early }, { inMinutes: 60, minutes: 60 });
    const body = orderOf([late, early], { schedule: 'window', canary: 1 });
    const reply = await order(api.admin, body);
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    expect(reply.body.issues).toMatchObject([
      { path: 'canary', message: expect.stringMatching(/has closed/) as string },
    ]);
    expect((await order(api.admin, { ...body, canary: 0 })).status).toBe(201);
  });

  it('when its canary is larger than the order', async () => {
    const reply = await order(api.admin, orderOf([await addFleetHost(api)], { canary: 2 }));
    expect(reply.body.issues).toMatchObject([{ path: 'canary' }]);
  });

  it('SEC-A3 as a whole, for one id that is foreign, missing or of an empty group, and for none at all', async () => {
    const mine = await addFleetHost(api, { groupIds: [groupId] });
    const foreign = await addFleetHost(api);
    const { id: other } = (await api.admin.post('/groups', { name: 'of others' })) as { id: string };
    const [a, b] = [
      await order(operator, orderOf([mine, foreign])),
      await order(operator, orderOf([mine, newId()])),
    ];
    expect({ ...a.body, request_id: '' }).toEqual({ ...b.body, request_id: '' });
    expect(a.status).toBe(404);
    expect((await order(operator, { ...orderOf([mine]), group_ids: [other] })).status).toBe(404);
    expect((await order(api.admin, { ...orderOf([]), group_ids: [other] })).status).toBe(400);
    expect((await order(operator, orderOf([]))).status).toBe(400);
    expect((await api.admin.ok(`/patch-jobs?host=${mine}`)).total).toBe(0);
    expect((await order(operator, orderOf([mine]))).status).toBe(201);
  });

  it('to viewers', async () => {
    const { caller } = await api.createUser('vera', 'viewer');
    expect((await order(caller, orderOf([await addFleetHost(api)]))).status).toBe(403);
  });
});

describe('orders that race', () => {
  it('for one host: one is taken, and the other is told which', async () => {
    for (let round = 0; round < 5; round += 1) {
      const shared = [await addFleetHost(api), await addFleetHost(api), await addFleetHost(api)];
      const replies = await Promise.all([
        order(api.admin, orderOf(shared, { name: `race ${round}` })),
        order(api.admin, orderOf(shared.toReversed(), { name: `race ${round}` })),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
      const loser = replies.find(({ status }) => status === 409);
      expect(loser?.body).toMatchObject({ code: 'host_busy' });
      expect(loser?.body.message).toContain(`race ${round}`);
      expect((await audited(`action=patch_job.create&q=race ${round}`)).total).toBe(1);
    }
  });
});
