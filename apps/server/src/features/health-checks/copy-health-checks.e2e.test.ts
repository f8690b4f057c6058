import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('refuses an empty list and the host itself', async () => {
    const from = await addHost(api);
    expect((await copy(from, [])).status).toBe(400);
    expect((await copy(from, [from])).status).toBe(400);
  });
});
