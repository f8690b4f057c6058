import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi, TestCaller } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { follow, names } from './follower.fixture.js';

let api: TestApi;
let groupA: string;
let groupB: string;
let omar: { id: string; caller: TestCaller };
let olga: { id: string; caller: TestCaller };

const post = async (path: string, body: unknown): Promise<string> =>
  String((await api.admin.post(path, body)).id);
let hosts = 0;
const addHost = (groupIds: string[] = []): Promise<string> => {
  hosts += 1;
  return post('/hosts', { fqdn: `h${hosts}.example.org`, address: `10.0.0.${hosts}`, group_ids: groupIds });
};
const rename = (id: string) =>
  api.admin.ok(`/hosts/${id}`, { method: 'PATCH', body: { fqdn: `n-${newId()}.example.org` } });
const join = (group: string, user: string) =>
  api.admin.ok(`/groups/${group}/users/${user}`, { method: 'PUT' });

beforeAll(async () => {
  api = await startTestApi();
  omar = await api.createUser('omar', 'operator');
  olga = await api.createUser('olga', 'viewer');
  groupA = await post('/groups', { name: 'group-a' });
  groupB = await post('/groups', { name: 'group-b' });
  await join(groupA, omar.id);
  await join(groupB, olga.id);
});
afterAll(() => api.close());

describe('the live stream', () => {
  it('begins with reset and tells each change of a host', async () => {
    const admin = await follow(api.admin, api.url);
    await admin.hears('reset');
    const host = await addHost();
    await admin.hears('host', names(host));
    await admin.hears('overview');
    admin.events.length = 0;
    await rename(host);
    await admin.hears('host', names(host));
    admin.events.length = 0;
    await api.admin.ok(`/hosts/${host}`, { method: 'DELETE' });
    await admin.hears('host', names(host));
    await admin.hears('overview');
  });

  it('tells nothing of a change that was rolled back', async () => {
    const admin = await follow(api.admin, api.url);
    await admin.hears('reset');
    const host = await addHost();
    const body = { fqdn: `h${hosts}.example.org`, address: '10.9.9.9', group_ids: [] };
    expect((await api.admin.call('/hosts', { method: 'POST', body })).status).toBe(409);
    const next = await addHost();
    await admin.hears('host', names(next));
    expect(admin.text().match(/event: host/g)?.length).toBeLessThanOrEqual(2);
    expect([...admin.text().matchAll(/[0-9a-f-]{36}/g)].every(([id]) => [host, next].includes(id))).toBe(
      true,
    );
  });

  it('is neither kept back, nor changed, nor stored on its way', async () => {
    const { headers, status } = await api.admin.call('/events', {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('content-security-policy')).toMatch(/default-src/);
  });

  it('beats every two seconds', async () => {
    const admin = await follow(api.admin, api.url);
    await expect.poll(() => admin.text().match(/event: beat/g)?.length, { timeout: 6_000 }).toBe(2);
  });
});

describe('SEC-A4 the live stream of one group', () => {
  it('tells nothing of another group, whatever happens there', async () => {
    const [mine, theirs] = [await addHost([groupA]), await addHost([groupB])];
    const [omars, olgas] = [await follow(omar.caller, api.url), await follow(olga.caller, api.url)];
    await Promise.all([omars.hears('reset'), olgas.hears('reset')]);
    await rename(mine);
    await rename(theirs);
    await omars.hears('host', names(mine));
    await olgas.hears('host', names(theirs));
    const extra = await addHost();
    await api.admin.ok(`/hosts/${extra}`, { method: 'DELETE' });
    // Whatever was to come of all this has come when what was done after it has.
    omars.events.length = olgas.events.length = 0;
    await rename(mine);
    await rename(theirs);
    await Promise.all([omars.hears('host', names(mine)), olgas.hears('host', names(theirs))]);
    expect(omars.text()).not.toMatch(new RegExp(`${theirs}|${extra}`));
    expect(olgas.text()).not.toMatch(new RegExp(`${mine}|${extra}`));
    for (const { events } of [omars, olgas])
      expect(events.map(({ topic }) => topic)).not.toContain('overview');
  });

  it('follows who joins and who leaves, from the moment it is told', async () => {
    const [mine, host] = [await addHost([groupA]), await addHost([groupB])];
    const omars = await follow(omar.caller, api.url);
    await omars.hears('reset');
    omars.events.length = 0;
    await join(groupB, omar.id);
    await omars.hears('reset');
    await rename(host);
    await omars.hears('host', names(host));

    omars.events.length = 0;
    await api.admin.ok(`/groups/${groupB}/users/${omar.id}`, { method: 'DELETE' });
    await rename(host);
    await omars.hears('reset');
    await rename(host);
    await rename(mine);
    await omars.hears('host', names(mine));
    expect(omars.events.some(names(host))).toBe(false);
  });

  it('follows hosts that are put into the group, taken out of it and deleted', async () => {
    const [mine, host] = [await addHost([groupA]), await addHost()];
    const omars = await follow(omar.caller, api.url);
    await omars.hears('reset');
    omars.events.length = 0;
    await api.admin.post(`/groups/${groupA}/hosts`, { host_ids: [host] });
    await omars.hears('reset');
    await rename(host);
    await omars.hears('host', names(host));

    omars.events.length = 0;
    await api.admin.ok(`/groups/${groupA}/hosts/${host}`, { method: 'DELETE' });
    await rename(host);
    await omars.hears('reset');
    await rename(mine);
    await omars.hears('host', names(mine));
    expect(omars.events.some(names(host))).toBe(false);

    omars.events.length = 0;
    await api.admin.ok(`/hosts/${mine}`, { method: 'DELETE' });
    await omars.hears('reset');
  });

  it('is told anew when the group is renamed or deleted', async () => {
    const group = await post('/groups', { name: 'short-lived' });
    const host = await addHost([group]);
    await join(group, omar.id);
    const [omars, admins] = [await follow(omar.caller, api.url), await follow(api.admin, api.url)];
    await Promise.all([omars.hears('reset'), admins.hears('reset')]);
    omars.events.length = admins.events.length = 0;
    await api.admin.ok(`/groups/${group}`, { method: 'PATCH', body: { name: 'renamed' } });
    await omars.hears('reset');
    await admins.hears('host', names(host));
    omars.events.length = admins.events.length = 0;
    await api.admin.ok(`/groups/${group}`, { method: 'DELETE' });
    await Promise.all([omars.hears('reset'), admins.hears('overview')]);
  });
});
