import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { add, addHost, addOperator, list, service, web } from './checks.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const copy = (from: string, host_ids: readonly string[], caller = api.admin) =>
  caller.call(`/hosts/${from}/health-checks/copy`, { method: 'POST', body: { host_ids } });
const namesOf = async (hostId: string) => (await list(api.admin, hostId)).map(({ name }) => name);

describe('SEC-A3 copying checks to other hosts', () => {
  it('adds all of them to each, after what is there, in one entry of the trail', async () => {
    const [from, one, two] = [await addHost(api), await addHost(api), await addHost(api)];
    await add(api.admin, from, { ...service, name: 'first' });
    await add(api.admin, from, { ...web, name: 'second', enabled: false });
    await add(api.admin, one, { ...service, name: 'was here' });
    expect((await copy(from, [one, two, one])).body).toEqual({ hosts: 2, checks: 4 });
    expect([await namesOf(one), await namesOf(two)]).toEqual([
      ['was here', 'first', 'second'],
      ['first', 'second'],
    ]);
    expect(await api.admin.ok(`/hosts/${two}`)).toMatchObject({
      health_check_status: 'unknown',
      health_checks: { total: 1 },
    });
    const trail = (await api.admin.ok('/audit-log?action=health_check.copy')).items;
    expect(trail).toMatchObject([{ details: { from, host_ids: [one, two], names: ['first', 'second'] } }]);
  });

  it.each([
    [
      'is full',
      409,
      async () => {
        const full = await addHost(api);
        for (let n = 0; n < 5; n += 1) await add(api.admin, full, service);
        return full;
      },
    ],
    ['does not exist', 404, () => Promise.resolve(newId())],
  ] as const)('changes none when one %s', async (_what, status, otherHost) => {
    const [from, room] = [await addHost(api), await addHost(api)];
    await add(api.admin, from, service);
    expect((await copy(from, [room, await otherHost()])).status).toBe(status);
    expect(await namesOf(room)).toEqual([]);
  });

  it('changes none when one is of another group', async () => {
    const { caller, groupId } = await addOperator(api, 'oscar');
    const [from, own, foreign] = [
      await addHost(api, [groupId]),
      await addHost(api, [groupId]),
      await addHost(api),
    ];
    await add(caller, from, service);
    expect((await copy(from, [own, foreign], caller)).status).toBe(404);
    expect([await namesOf(own), await namesOf(foreign)]).toEqual([[], []]);
    expect((await copy(from, [own], caller)).status).toBe(200);
  });

  it('takes the slots that are free, in the order of the checks, and the last ones too', async () => {
    const [from, gaps] = [await addHost(api), await addHost(api)];
    for (const name of ['first', 'second', 'third']) await add(api.admin, from, { ...service, name });
    const old = [];
    for (const name of ['a', 'b', 'c', 'd']) old.push(await add(api.admin, gaps, { ...service, name }));
    for (const { id } of [old[0]!, old[2]!]) {
      await api.admin.ok(`/hosts/${gaps}/health-checks/${id}`, { method: 'DELETE' });
    }
    expect((await copy(from, [gaps])).body).toEqual({ hosts: 1, checks: 3 });
    expect(await namesOf(gaps)).toEqual(['first', 'b', 'second', 'd', 'third']);
    expect((await copy(from, [gaps])).status).toBe(409);
    expect(await namesOf(gaps)).toHaveLength(5);
  });

  it('costs as many statements for many hosts as for one', async () => {
    const from = await addHost(api);
    for (const name of ['first', 'second', 'third']) await add(api.admin, from, { ...service, name });
    const hosts = [];
    for (let n = 0; n < 12; n += 1) hosts.push(await addHost(api));
    const statementsOf = async (to: readonly string[]) => {
      const asked = vi.spyOn(Client.prototype, 'query');
      try {
        expect((await copy(from, to)).status).toBe(200);
        return asked.mock.calls.length;
      } finally {
        asked.mockRestore();
      }
    };
    expect(await statementsOf(hosts.slice(1))).toBe(await statementsOf(hosts.slice(0, 1)));
  });

  it('refuses an empty list and the host itself', async () => {
    const from = await addHost(api);
    expect((await copy(from, [])).status).toBe(400);
    expect((await copy(from, [from])).status).toBe(400);
  });
});
