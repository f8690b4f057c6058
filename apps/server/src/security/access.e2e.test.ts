import { endpoints, errorStatus } from '@patchgate/contracts';
import type { Endpoint } from '@patchgate/contracts';
import { isAllowed } from '@patchgate/domain';
import type { Role } from '@patchgate/domain';
import Fastify from 'fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf, startTestApi } from '../api.fixture.js';
import type { TestApi, TestCaller } from '../api.fixture.js';
import { seedJob } from '../features/runs/seed-runs.fixture.js';
import { watchRoutes } from '../platform/http/route-table.js';
import { newId } from '../platform/ids/new-id.js';

const operations: Endpoint[] = Object.values<Record<string, Endpoint>>(endpoints).flatMap((area) =>
  Object.values(area),
);
const named = operations.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
// These end the session they come with, so they are tried by tests of their own.
const endsSession = new Set(['/auth/logout', '/auth/password']);

const nightly = {
  time_zone: 'Europe/Berlin',
  starts_at: '2026-03-01T02:00',
  duration_minutes: 120,
  recurrence: { freq: 'daily' },
};

let api: TestApi;
let callers: Record<Role, TestCaller>;
let foreign: Record<string, string>;

beforeAll(async () => {
  api = await startTestApi();
  const operator = await api.createUser('omar', 'operator');
  const viewer = await api.createUser('vera', 'viewer');
  callers = { admin: api.admin, operator: operator.caller, viewer: viewer.caller };
  const { id: own } = (await api.admin.post('/groups', { name: 'group-a' })) as { id: string };
  const { id: other } = (await api.admin.post('/groups', { name: 'group-b' })) as { id: string };
  for (const user of [operator, viewer])
    await api.admin.ok(`/groups/${own}/users/${user.id}`, { method: 'PUT' });
  await api.admin.post('/hosts', { fqdn: 'a.example.org', address: '10.0.0.1', group_ids: [own] });
  const host = (await api.admin.post('/hosts', {
    fqdn: 'secret-b.example.org',
    address: '10.0.0.2',
    group_ids: [other],
  })) as { id: string };
  const check = (await api.admin.post(`/hosts/${host.id}/health-checks`, {
    name: 'secret-b answers',
    check_type: 'service',
    service_name: 'secret-b',
  })) as { id: string };
  const window = (await api.admin.post('/maintenance-windows', {
    ...nightly,
    name: 'secret-b nightly',
    group_id: other,
  })) as { id: string };
  const job = await seedJob(api.app.get(DataSource), {
    createdBy: operator.id,
    name: 'secret-b is patched',
    runs: [{ hostId: host.id, state: 'waiting' }],
    groupIds: [other],
    now: new Date(),
  });
  foreign = {
    ...{ id: other, host_id: host.id, user_id: operator.id, check_id: check.id, window_id: window.id },
    ...{ job_id: job.id, run_id: job.runs[0]?.id ?? '' },
  };
});
afterAll(() => api.close());

/** What `id` is an id of, where it is not a group's. */
const idOf: Record<string, string> = {
  hosts: 'host_id',
  'maintenance-windows': 'window_id',
  'patch-jobs': 'job_id',
};

const paramsFor = (endpoint: Endpoint, ids: Record<string, string>): Record<string, string> => {
  const id = idOf[endpoint.path.split('/')[1] ?? ''] ?? 'id';
  return { ...ids, id: ids[id] ?? newId() };
};
const noIds = (): Record<string, string> =>
  Object.fromEntries(
    ['id', 'host_id', 'user_id', 'check_id', 'window_id', 'job_id', 'run_id'].map((name) => [name, newId()]),
  );

/** Orders name what they are about in their bodies. */
const isOrder = ({ path, method, params }: Endpoint): boolean =>
  path.startsWith('/patch-jobs') && method === 'POST' && !params;

const bodyFor = (endpoint: Endpoint, ids: Record<string, string>): unknown =>
  isOrder(endpoint) ? { ...(endpoint.example.body as object), group_ids: [ids.id] } : endpoint.example.body;

const send = (caller: TestCaller, endpoint: Endpoint, ids: Record<string, string>) =>
  caller.call(pathOf(endpoint, paramsFor(endpoint, ids)), {
    method: endpoint.method,
    ...(endpoint.body && { body: bodyFor(endpoint, ids) }),
  });

describe('SEC-A1 default deny', () => {
  it('refuses to start when a route has no contract or a contract has no route', () => {
    const fastify = Fastify();
    const assertRoutes = watchRoutes(fastify, { hosts: { list: endpoints.hosts.list } });
    expect(assertRoutes).toThrow('GET /api/v1/hosts has no handler');
    fastify.get('/api/v1/hosts', () => ({}));
    expect(assertRoutes()).toEqual(['GET /api/v1/hosts']);
    fastify.delete('/api/v1/hosts', () => ({}));
    expect(assertRoutes).toThrow('DELETE /api/v1/hosts has no contract');
  });

  it.each(named.filter(([, { access }]) => access !== 'public'))(
    '%s wants credentials',
    async (_name, endpoint) => {
      const ids = noIds();
      expect((await send(api.stranger, endpoint, ids)).status).toBe(401);
      const bad = { cookie: '__Host-sid=AAAA', authorization: 'Bearer pgt_nothing' };
      const reply = await api.stranger.call(pathOf(endpoint, ids), { method: endpoint.method, headers: bad });
      expect(reply.status).toBe(401);
    },
  );

  it.each(named.filter(([, { method, access }]) => method === 'GET' && access !== 'public'))(
    'HEAD is refused like %s',
    async (_name, endpoint) => {
      const ids = noIds();
      expect((await api.stranger.call(pathOf(endpoint, ids), { method: 'HEAD' })).status).toBe(401);
    },
  );

  it.each(named)('OPTIONS tells nobody anything of %s', async (_name, endpoint) => {
    const path = pathOf(endpoint, noIds());
    const replies = [await api.stranger.call(path, { method: 'OPTIONS' })];
    replies.push(await api.admin.call(path, { method: 'OPTIONS' }));
    for (const { status, headers } of replies) {
      expect([401, 403, 404]).toContain(status);
      expect(headers.get('allow')).toBeNull();
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('SEC-A2 route × principal × object', () => {
  const matrix = named.flatMap(([name, endpoint]) =>
    (['operator', 'viewer'] as const).map((role) => [`${name} as ${role}`, endpoint, role] as const),
  );

  it.each(matrix.filter(([, { path, access }]) => access !== 'public' && !endsSession.has(path)))(
    '%s leaks nothing of another group',
    async (_name, endpoint, role) => {
      const before = (await api.admin.ok('/audit-log')).total;
      const reply = await send(callers[role], endpoint, foreign);
      expect(JSON.stringify(reply.body)).not.toMatch(/secret-b|group-b/);
      if (!isAllowed(role, endpoint.access)) {
        expect([reply.status, reply.body.code]).toEqual([403, 'forbidden']);
        expect((await api.admin.ok('/audit-log')).total).toBe(before);
      } else if (endpoint.params || isOrder(endpoint)) {
        expect([reply.status, reply.body.code]).toEqual([404, 'not_found']);
      } else {
        expect(reply.status).toBe(endpoint.status);
      }
    },
  );

  it.each(named.filter(([, { params }]) => params))(
    '%s refuses ids that are none',
    async (_name, endpoint) => {
      for (const id of ['1', 'null', '%00', '../x', newId().toUpperCase(), `${newId()}0`]) {
        const reply = await send(api.admin, endpoint, {
          ...{ id: encodeURIComponent(id), host_id: id, user_id: id, check_id: id, window_id: id },
          ...{ job_id: encodeURIComponent(id), run_id: encodeURIComponent(id) },
        });
        expect([400, 404]).toContain(reply.status);
        expect(reply.body.code).toBe(reply.status === 400 ? 'invalid_request' : 'not_found');
      }
    },
  );
});

describe('SEC-A3 bulk', () => {
  it('refuses an empty list instead of taking it for all', async () => {
    const reply = await api.admin.call(`/groups/${foreign.id ?? ''}/hosts`, {
      method: 'POST',
      body: { host_ids: [] },
    });
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
  });

  it('changes nothing when one id of many does not exist', async () => {
    const group = (await api.admin.post('/groups', { name: 'bulk' })) as { id: string };
    const body = { host_ids: [foreign.host_id, newId()] };
    const reply = await api.admin.call(`/groups/${group.id}/hosts`, { method: 'POST', body });
    expect(reply.status).toBe(404);
    expect((await api.admin.ok(`/groups/${group.id}`)).hosts).toBe(0);
  });
});

describe('SEC-A4 foreign and missing', () => {
  it.each(named.filter(([, it]) => (it.params || isOrder(it)) && isAllowed('operator', it.access)))(
    '%s answers both alike, word for word',
    async (_name, endpoint) => {
      const ids = noIds();
      const [other, missing] = [
        await send(callers.operator, endpoint, foreign),
        await send(callers.operator, endpoint, ids),
      ];
      expect({ ...other.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
      expect(other.status).toBe(errorStatus.not_found);
    },
  );

  it('counts, searches and lists only what is in scope', async () => {
    const { operator } = callers;
    expect((await operator.ok('/overview')).hosts).toMatchObject({ total: 1, none: 1 });
    expect((await operator.ok('/hosts')).total).toBe(1);
    expect((await operator.ok('/hosts?q=secret')).total).toBe(0);
    expect((await operator.ok(`/hosts?group=${foreign.id ?? ''}`)).total).toBe(0);
    expect((await operator.ok('/groups')).total).toBe(1);
    expect(JSON.stringify(await operator.ok('/audit-log?limit=200'))).not.toMatch(/secret-b|group-b/);
    expect((await operator.ok(`/audit-log?object_id=${foreign.host_id ?? ''}`)).total).toBe(0);
  });

  it('tells who reaches a host through one group nothing of its other groups', async () => {
    const { items } = (await callers.operator.ok('/groups')) as { items: { id: string }[] };
    const groupIds = [items[0]?.id, foreign.id];
    const { id } = (await api.admin.post('/hosts', {
      fqdn: 'both.example.org',
      address: '10.0.0.3',
      group_ids: groupIds,
    })) as { id: string };
    const trail = (await callers.operator.ok(`/audit-log?object_id=${id}`)) as {
      items: { action: string }[];
    };
    expect(trail.items.map(({ action }) => action)).toEqual(['host.create']);
    expect(JSON.stringify(trail)).not.toContain(foreign.id);
    const joined = await api.admin.ok(`/audit-log?action=group.add_hosts&q=${id}`);
    expect(joined.total).toBe(2);
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
  });
});

describe('SEC-S2 other origins', () => {
  it.each(named.filter(([, { method }]) => method !== 'GET'))(
    '%s is refused from one',
    async (_name, endpoint) => {
      const ids = noIds();
      const call = { method: endpoint.method, ...(endpoint.body && { body: endpoint.example.body }) };
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        // An agent knows nothing of our header; what a browser sends has an origin.
        endpoint.agentsOnly ? { origin: api.origin } : { 'x-patchgate-request': '' },
      ]) {
        const reply = await api.admin.call(pathOf(endpoint, ids), { ...call, headers });
        expect([reply.status, reply.body.code]).toEqual([403, 'forbidden']);
      }
    },
  );

  it('takes JSON only', async () => {
    const headers = { 'content-type': 'text/plain' };
    const reply = await api.admin.call('/groups', { method: 'POST', body: { name: 'x' }, headers });
    expect(reply.status).toBe(415);
  });

  it('lets its own origin in', async () => {
    const reply = await api.admin.call('/groups', {
      method: 'POST',
      body: { name: 'own' },
      headers: { origin: api.origin },
    });
    expect(reply.status).toBe(201);
  });
});
