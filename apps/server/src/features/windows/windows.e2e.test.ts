import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { issuesOf, nightly } from './windows.fixture.js';

interface Window {
  id: string;
  name: string;
  [field: string]: unknown;
}

let api: TestApi;
let operator: TestCaller;
let groupId: string;
let otherGroupId: string;
let hostId: string;
beforeAll(async () => {
  api = await startTestApi();
  const omar = await api.createUser('omar', 'operator');
  operator = omar.caller;
  groupId = await addGroup('prod-web');
  otherGroupId = await addGroup('secret-b');
  await api.admin.ok(`/groups/${groupId}/users/${omar.id}`, { method: 'PUT' });
  hostId = await addHost('web-01.example.org', [groupId, otherGroupId]);
});
afterAll(() => api.close());
afterEach(async () => {
  const { items } = (await api.admin.ok('/maintenance-windows?limit=200')) as { items: Window[] };
  for (const { id } of items) await remove(id);
});

/** Open whenever it is asked. */
const always = { ...nightly, starts_at: '2026-01-01T00:00', duration_minutes: 1441 };

async function addGroup(name: string): Promise<string> {
  return ((await api.admin.post('/groups', { name })) as { id: string }).id;
}

let hosts = 0;
async function addHost(fqdn: string, group_ids: string[] = []): Promise<string> {
  hosts += 1;
  return ((await api.admin.post('/hosts', { fqdn, address: `10.0.0.${hosts}`, group_ids })) as { id: string })
    .id;
}

const add = async (window: object): Promise<Window> =>
  (await api.admin.post('/maintenance-windows', window)) as Window;
const remove = (id: string) => api.admin.ok(`/maintenance-windows/${id}`, { method: 'DELETE' });
const listed = async (caller: TestCaller, query = ''): Promise<string[]> =>
  ((await caller.ok(`/maintenance-windows${query}`)).items as Window[]).map(({ name }) => name);

describe('a window', () => {
  it('comes back as it was written, with its defaults, its scope and when it is next', async () => {
    const window = await add({ ...nightly, group_id: groupId });
    expect(window).toMatchObject({
      ...nightly,
      kind: 'maintenance',
      host_id: null,
      group_id: groupId,
      scope_name: 'prod-web',
      hosts: 1,
      last_start_minutes: 0,
      enabled: true,
      fault: null,
      next: { shift: expect.any(String) as string },
    });
    expect(await api.admin.ok(`/maintenance-windows/${window.id}`)).toMatchObject({ id: window.id });
    await remove(window.id);
    expect((await api.admin.call(`/maintenance-windows/${window.id}`)).status).toBe(404);
  });

  it('is replaced as a whole, but stays with its host and as enabled as it was', async () => {
    const { id } = await add({ ...nightly, host_id: hostId, last_start_minutes: 30, enabled: false });
    const recurrence = { freq: 'weekly', days: ['sun', 'mon', 'sun'] };
    const change = { ...nightly, name: 'weekly', recurrence };
    const changed = await api.admin.ok(`/maintenance-windows/${id}`, { method: 'PUT', body: change });
    expect(changed).toMatchObject({
      name: 'weekly',
      recurrence: { freq: 'weekly', days: ['mon', 'sun'] },
      host_id: hostId,
      scope_name: 'web-01.example.org',
      last_start_minutes: 0,
      enabled: false,
      next: null,
    });
    const trail = (await api.admin.ok(`/audit-log?object_id=${id}`)).items as Record<string, unknown>[];
    expect(trail.map(({ action }) => action)).toEqual(['window.update', 'window.create']);
    expect(trail[0]?.details).toMatchObject({ was: { name: 'nightly', last_start_minutes: 30 } });
    const moved = await api.admin.call(`/maintenance-windows/${id}`, {
      method: 'PUT',
      body: { ...change, host_id: newId() },
    });
    expect(moved.status).toBe(400);
  });

  it.each([
    { freq: 'once' },
    { freq: 'weekly', days: ['tue'] },
    { freq: 'monthly', on: 'day', day: 31 },
    { freq: 'monthly', on: 'last_day' },
    { freq: 'monthly', on: 'weekday', nth: 2, weekday: 'tue' },
    { freq: 'monthly', on: 'weekday', nth: 'last', weekday: 'sun' },
  ])('may recur as $freq $on', async (recurrence) => {
    const window = await add({ ...nightly, starts_at: '2199-01-01T02:00', recurrence, host_id: hostId });
    expect(window.recurrence).toEqual(recurrence);
    expect(window.next).not.toBeNull();
  });

  it('goes with its group or host', async () => {
    const group = await addGroup('short-lived');
    const host = await addHost('short.example.org');
    const ids = [await add({ ...nightly, group_id: group }), await add({ ...nightly, host_id: host })];
    await api.admin.ok(`/groups/${group}`, { method: 'DELETE' });
    await api.admin.ok(`/hosts/${host}`, { method: 'DELETE' });
    for (const { id } of ids) expect((await api.admin.call(`/maintenance-windows/${id}`)).status).toBe(404);
  });
});

describe('the list', () => {
  it('filters, pages by name whatever its case, and shows what lies in a span', async () => {
    await add({ ...nightly, name: 'b night', host_id: hostId });
    await add({ ...nightly, name: 'A night', group_id: groupId });
    await add({ ...nightly, name: 'c freeze', kind: 'blackout', group_id: groupId });
    expect(await listed(api.admin)).toEqual(['A night', 'b night', 'c freeze']);
    expect(await listed(api.admin, '?kind=blackout')).toEqual(['c freeze']);
    expect(await listed(api.admin, `?group=${groupId}`)).toEqual(['A night', 'c freeze']);
    expect(await listed(api.admin, `?host=${hostId}`)).toEqual(['b night']);
    expect(await listed(api.admin, '?q=WEB-01')).toEqual(['b night']);
    const page = await api.admin.ok('/maintenance-windows?limit=1');
    const rest = await listed(api.admin, `?cursor=${String(page.next_cursor)}`);
    expect([page.total, rest]).toEqual([3, ['b night', 'c freeze']]);
    const span = '?q=b%20night&from=2026-03-28T00:00:00.000Z&to=2026-03-30T00:00:00.000Z';
    const { items } = (await api.admin.ok(`/maintenance-windows${span}`)) as { items: Window[] };
    expect(items[0]?.occurrences).toMatchObject([
      { opens_at: '2026-03-28T01:00:00.000Z', shift: 'none' },
      { opens_at: '2026-03-29T01:00:00.000Z', shift: 'gap' },
    ]);
    for (const wrong of [
      'from=2026-03-28T00:00:00.000Z',
      'from=2026-03-28T00:00:00.000Z&to=2026-05-30T00:00:00.000Z',
    ]) {
      const reply = await api.admin.call(`/maintenance-windows?${wrong}`);
      expect([reply.status, Object.keys(issuesOf(reply))]).toEqual([400, ['to']]);
    }
  });
});

describe('who sees what', () => {
  it('follows the host or the group', async () => {
    const other = await addHost('secret.example.org', [otherGroupId]);
    const windows = [
      await add({ ...nightly, name: 'of the host', host_id: hostId }),
      await add({ ...nightly, name: 'of the group', group_id: groupId }),
      await add({ ...nightly, name: 'secret of a host', host_id: other }),
      await add({ ...nightly, name: 'secret of a group', group_id: otherGroupId }),
    ];
    expect(await listed(operator)).toEqual(['of the group', 'of the host']);
    expect((await operator.ok('/maintenance-windows')).total).toBe(2);
    expect((await operator.call(`/maintenance-windows/${windows[3]!.id}`)).status).toBe(404);
    const trail = await operator.ok('/audit-log?object_type=maintenance_window&limit=200');
    expect(JSON.stringify(trail)).toContain('of the host');
    expect(JSON.stringify(trail)).not.toMatch(/secret|of the group/);
  });

  it('counts the windows of foreign groups in, and tells nothing else of them', async () => {
    await add({ ...nightly, starts_at: '2199-01-01T02:00', host_id: hostId });
    await add({ ...always, name: 'secret', group_id: otherGroupId });
    const seen = await operator.ok(`/hosts/${hostId}/windows`);
    expect(seen).toMatchObject({ windows: [{ name: 'nightly' }], hidden: 1, current: { kind: 'open' } });
    expect(JSON.stringify(seen)).not.toContain('secret');
    expect(await api.admin.ok(`/hosts/${hostId}/windows`)).toMatchObject({ hidden: 0 });
  });
});

describe('what counts for a host', () => {
  const ofHost = () => api.admin.ok(`/hosts/${hostId}/windows`);

  it('is nothing without a window', async () => {
    expect(await ofHost()).toEqual({
      windows: [],
      hidden: 0,
      current: null,
      blackout: null,
      next: null,
      intervals: [],
    });
  });

  it('is the union of its own and its groups’, less the blackouts', async () => {
    const open = await add({ ...always, host_id: hostId });
    expect(await ofHost()).toMatchObject({ current: { kind: 'open' }, blackout: null });
    const freeze = await add({ ...always, kind: 'blackout', group_id: groupId });
    expect(await ofHost()).toMatchObject({
      current: null,
      blackout: { until: expect.any(String) as string },
    });
    await remove(freeze.id);
    const once = { starts_at: '2199-03-01T02:00', recurrence: { freq: 'once' } };
    await remove(open.id);
    await add({ ...nightly, ...once, group_id: groupId });
    const interval = { opens_at: '2199-03-01T01:00:00.000Z', closes_at: '2199-03-01T03:00:00.000Z' };
    expect(await ofHost()).toMatchObject({ current: null, next: interval, intervals: [interval] });
  });
});
