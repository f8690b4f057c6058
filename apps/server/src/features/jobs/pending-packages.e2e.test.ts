import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { addOperator } from '../health-checks/checks.fixture.js';
import { addFleetHost, orderOf, ordered, previewed } from './ordering.fixture.js';

let api: TestApi;
let hostIds: string[];
beforeAll(async () => {
  api = await startTestApi();
  hostIds = [
    await addFleetHost(api, { patches: [{ name: 'openssl', security: true }, { name: 'nginx' }] }),
    await addFleetHost(api, { patches: [{ name: 'openssl', security: null }, { name: 'nginx' }] }),
    await addFleetHost(api, { patches: [{ name: 'nginx' }, { name: 'zsh_theme', security: null }] }),
  ];
  await addFleetHost(api, { patches: [{ name: 'of-another-host', security: true }] });
});
afterAll(() => api.close());

const pending = (body: object) => api.admin.post('/patch-jobs/packages', body);

it('lists what is outstanding on the hosts of an order, what is about security first, then by hosts', async () => {
  expect(await pending({ host_ids: hostIds })).toEqual({
    items: [
      { name: 'openssl', hosts: 2, security: true },
      { name: 'nginx', hosts: 3, security: false },
      { name: 'zsh_theme', hosts: 1, security: null },
    ],
    total: 3,
  });
});

it('finds by a part of the name, which is no pattern, and counts beyond what it lists', async () => {
  expect(await pending({ host_ids: hostIds, q: 'SSL' })).toMatchObject({
    items: [{ name: 'openssl' }],
    total: 1,
  });
  expect(await pending({ host_ids: hostIds, q: 'h_t' })).toMatchObject({ items: [{ name: 'zsh_theme' }] });
  expect(await pending({ host_ids: hostIds, q: 'n_i' })).toEqual({ items: [], total: 0 });
  const few = await pending({ host_ids: hostIds, limit: 1 });
  expect(few).toMatchObject({ items: [{ name: 'openssl' }], total: 3 });
});

it('tells nobody of hosts that he does not reach', async () => {
  const { caller: operator } = await addOperator(api, 'omar');
  const reply = await operator.call('/patch-jobs/packages', { method: 'POST', body: { host_ids: hostIds } });
  expect(reply.status).toBe(404);
});

it('leaves hosts of a group out of an order, and keeps the group on the job', async () => {
  const { groupId } = await addOperator(api, 'mia');
  const [stays, goes] = [
    await addFleetHost(api, { groupIds: [groupId] }),
    await addFleetHost(api, { groupIds: [groupId], agent: 'not_enrolled' }),
  ];
  const body = orderOf([], { group_ids: [groupId], left_out_host_ids: [goes] });
  expect((await previewed(api.admin, body)).items.map(({ host_id }) => host_id)).toEqual([stays]);
  const job = await ordered(api.admin, body);
  expect(job.hosts_total).toBe(1);
  expect(job.groups.map(({ id }) => id)).toEqual([groupId]);
});
