import type { RunView } from '@patchgate/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { follow } from '../events/follower.fixture.js';
import { addOperator } from '../health-checks/checks.fixture.js';
import { addFleetHost, orderOf, ordered } from './ordering.fixture.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

it('whoever reaches a host of a job hears that it was made, commanded and that its runs were, and nobody else', async () => {
  const omar = await addOperator(api, 'omar');
  const olga = await addOperator(api, 'olga');
  const mine = await addFleetHost(api, { groupIds: [omar.groupId] });
  const other = await addFleetHost(api, { groupIds: [olga.groupId] });
  const [heard, foreign] = [await follow(omar.caller, api.url), await follow(olga.caller, api.url)];
  await Promise.all([heard.hears('reset'), foreign.hears('reset')]);
  const names = (id: string) => (event: { data: object }) =>
    'ids' in event.data && (event.data.ids as string[]).includes(id);

  const job = await ordered(api.admin, orderOf([mine]));
  await heard.hears('job', names(job.id));
  await heard.hears('run', names(job.id));
  await heard.hears('host', names(mine));
  const { items } = (await api.admin.ok(`/patch-jobs/${job.id}/hosts`)) as unknown as { items: RunView[] };
  const runId = items[0]?.id ?? '';
  const made = heard.events.length;
  await api.admin.post(`/patch-jobs/${job.id}/hosts/${runId}/cancel`, {});
  await heard.hears('run', (event) => heard.events.indexOf(event) >= made && names(runId)(event));
  const cancelled = heard.events.length;
  await api.admin.post(`/patch-jobs/${job.id}/pause`, {});
  await heard.hears('job', (event) => heard.events.indexOf(event) >= cancelled && names(job.id)(event));

  // Events come in their order: what she hears of her own host comes after all of these.
  const own = await ordered(api.admin, orderOf([other]));
  await foreign.hears('job', names(own.id));
  expect(foreign.text()).not.toContain(job.id);
  expect(foreign.text()).not.toContain(runId);
});
