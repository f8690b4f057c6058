import { hostEndpoints, patchJobEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import type { Api } from './api.js';
import { apiOf, gatedHost, heardOf, transactionsOf } from './gated-hosts.js';
import type { GatedHost } from './gated-hosts.js';
import { expect, signedIn, test as base } from './own-server.fixture.js';

type Order = BodyOf<typeof patchJobEndpoints.create>;

interface Fixtures {
  tenHosts: { readonly page: Page; readonly api: Api; readonly hosts: readonly GatedHost[] };
}

const test = base.extend<Fixtures>({
  tenHosts: async ({ browser, patchgate }, use) => {
    const page = await signedIn(browser, patchgate);
    const api = await apiOf(page, patchgate.address);
    const hosts: GatedHost[] = [];
    for (let n = 1; n <= 10; n += 1) {
      const script = { services: { nginx: true } };
      const host = await gatedHost(api, `web-${String(n).padStart(2, '0')}`, `127.41.0.${n}`, script);
      await host.addServiceCheck('nginx');
      hosts.push(host);
    }
    await heardOf(api, hosts);
    // Those that look ready go first: as long as one is unknown, its place in the roll-out is another.
    for (const { id } of hosts) {
      const health = async () => (await api.call(hostEndpoints.get, { params: { id } })).health_check_status;
      await expect.poll(health, { timeout: 60_000 }).toBe('healthy');
    }
    await use({ page, api, hosts });
    for (const { fleet } of hosts) fleet.stop();
  },
});
test.use({
  settings: {
    PATCHGATE_POLL_INTERVAL_SECONDS: '10',
    PATCHGATE_GATE_RETRY_SECONDS: '3',
    PATCHGATE_VERIFY_MINUTES: '0.1',
    PATCHGATE_VERIFY_EVERY_SECONDS: '1',
  },
});

const order = (hosts: readonly GatedHost[], maxFailures: number): { body: Order } => ({
  body: {
    ...{ host_ids: hosts.map(({ id }) => id), selection: 'all', schedule: 'now' },
    ...{ canary: 1, batch_size: 3, max_in_flight: 3, max_failures: maxFailures },
  },
});

const startedOf = (hosts: readonly GatedHost[]): number =>
  hosts.map(transactionsOf).reduce((sum, count) => sum + count, 0);

test('one host regressing after its patch spends the budget: the roll-out pauses, and the pages say why', async ({
  tenHosts: { page, api, hosts },
}) => {
  // The third to start: the canary and one of its batch do well.
  await hosts[2]?.script({ breaks_services: ['nginx'] });
  const job = await api.call(patchJobEndpoints.create, order(hosts, 0));
  await page.goto(`/jobs/${job.id}`);
  const note = page.getByRole('region', { name: 'Why the job is paused' });
  await expect(note).toContainText(/fail/i, { timeout: 90_000 });
  const why = page.getByRole('region', { name: /^Why not/ });
  await expect(why).toContainText('Health did not return');
  await expect(why).toContainText('web-03');
  // The batch that was under way is finished, the two after it have not begun.
  await expect
    .poll(async () => (await api.call(patchJobEndpoints.get, { params: { id: job.id } })).in_flight)
    .toBe(0);
  expect(startedOf(hosts)).toBe(4);
  const after = await api.call(patchJobEndpoints.get, { params: { id: job.id } });
  expect(after).toMatchObject({ status: 'paused', paused: { reason: 'budget_spent', by: null } });
  expect(after.run_counts).toMatchObject({ succeeded: 3, failed: 1, queued: 6 });

  await page.goto('/jobs');
  await expect(page.getByRole('row', { name: new RegExp(job.name) })).toContainText('Paused');
});

test('a canary that regresses pauses the roll-out whatever the budget', async ({
  tenHosts: { page, api, hosts },
}) => {
  await hosts[0]?.script({ breaks_services: ['nginx'] });
  const job = await api.call(patchJobEndpoints.create, order(hosts, 1));
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole('region', { name: 'Why the job is paused' })).toContainText(/canary/i, {
    timeout: 90_000,
  });
  expect(startedOf(hosts)).toBe(1);

  // Whoever mends the host sees here that it is well again; the run stays as it ended.
  await page.getByRole('link', { name: 'web-01', exact: true }).click();
  const panel = page.getByRole('complementary', { name: /^Run of web-01/ });
  const now = panel.getByRole('region', { name: 'The checks now' });
  await now.getByRole('button', { name: 'Check again' }).click();
  await expect(now.getByRole('listitem')).toContainText('Fail');
  await hosts[0]?.script({ services: { nginx: true } });
  await now.getByRole('button', { name: 'Check again' }).click();
  await expect(now.getByRole('listitem')).toContainText('Pass');
  await expect(panel).toContainText('Regressed');
  expect(startedOf(hosts)).toBe(1);
});

test('of a budget of one failure the second pauses the roll-out', async ({
  tenHosts: { page, api, hosts },
}) => {
  await hosts[2]?.script({ breaks_services: ['nginx'] });
  await hosts[5]?.script({ breaks_services: ['nginx'] });
  const job = await api.call(patchJobEndpoints.create, order(hosts, 1));
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole('region', { name: 'Why the job is paused' })).toBeVisible({ timeout: 120_000 });
  // The first batch had one failure and went on to the second, which had the other.
  expect(startedOf(hosts)).toBe(7);
});
