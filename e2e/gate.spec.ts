import {
  hostEndpoints,
  maintenanceWindowEndpoints,
  patchJobEndpoints,
  patchRunEndpoints,
} from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import type { Browser, Locator, Page } from '@playwright/test';
import { noRealServers, startNginx } from '../tests/real-servers.js';
import type { RealServer } from '../tests/real-servers.js';
import type { RunningPatchgate } from '../tests/running-patchgate.js';
import type { Api } from './api.js';
import { apiOf, gatedHost, heardOf, transactionsOf } from './gated-hosts.js';
import type { GatedHost } from './gated-hosts.js';
import { expect, signedIn, test as base } from './own-server.fixture.js';

const retrySeconds = 3;

interface Fixtures {
  nginx: RealServer;
}
const test = base.extend<Fixtures>({
  nginx: async ({}, use) => {
    const nginx = await startNginx('monitor', 'not needed for its front page');
    await use(nginx);
    await nginx.remove();
  },
});
test.use({
  settings: {
    PATCHGATE_POLL_INTERVAL_SECONDS: '10',
    PATCHGATE_CHECK_TIMEOUT_MS: '3000',
    PATCHGATE_GATE_RETRY_SECONDS: String(retrySeconds),
    PATCHGATE_VERIFY_MINUTES: '0.5',
    PATCHGATE_VERIFY_EVERY_SECONDS: '1',
  },
});
test.skip(noRealServers !== null, String(noRealServers));

async function hostOnNginx(api: Api, nginx: RealServer): Promise<GatedHost> {
  const host = await gatedHost(api, 'shop-web-07', '127.40.0.1', { services: { nginx: true } });
  await host.addHttpCheck('Shop front', `http://127.0.0.1:${nginx.port}/`, 'the shop is ready');
  await heardOf(api, [host]);
  return host;
}

/** Where both stories begin: somebody signed in, a host that is known with its check, and what it asks is down. */
async function nginxIsDown(browser: Browser, patchgate: RunningPatchgate, nginx: RealServer) {
  const page = await signedIn(browser, patchgate);
  const api = await apiOf(page, patchgate.address);
  const host = await hostOnNginx(api, nginx);
  await nginx.stop();
  return { page, api, host };
}

type Order = BodyOf<typeof patchJobEndpoints.create>;
const order = (host: GatedHost, schedule: Order['schedule'] = 'now'): { body: Order } => ({
  body: { host_ids: [host.id], selection: 'all', schedule },
});

/** Opens the panel of the only run of a job. */
async function openRun(page: Page, api: Api, jobId: string): Promise<Locator> {
  const [run] = (await api.call(patchRunEndpoints.list, { params: { id: jobId }, query: {} })).items;
  await page.goto(`/jobs/${jobId}?run=${run?.id ?? ''}`);
  return page.getByRole('complementary', { name: 'Run of shop-web-07.example.org' });
}

/** What nobody does to the page: it must be true without a reload. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => (loads += 1));
  return () => loads;
}

test('a job waits while nginx is down, opens by itself when it starts, patches, and sees the checks come back', async ({
  browser,
  patchgate,
  nginx,
}) => {
  const { page, api, host } = await nginxIsDown(browser, patchgate, nginx);
  const job = await api.call(patchJobEndpoints.create, order(host));
  const panel = await openRun(page, api, job.id);
  const loads = countLoads(page);

  await expect(panel).toContainText('Waiting for health', { timeout: 20_000 });
  const gate = panel.getByRole('region', { name: 'Gate closed: 1 of 1 check fails' });
  await expect(gate).toContainText('Shop front');
  await expect(gate).toContainText('connection refused');
  await expect(gate).toContainText(/Next attempt in\s*0:0\d/);
  await expect(gate).toContainText(/Attempts so far\s*[3-9]/, { timeout: 40_000 });
  await expect(gate).toContainText(/Closes in\s*\d+:\d\d/);
  expect(transactionsOf(host)).toBe(0);

  await nginx.start();
  await expect(panel.getByRole('heading', { level: 2 }).first().locator('..')).toContainText('Succeeded', {
    timeout: 60_000,
  });
  await expect(panel).toContainText('Gate opened at attempt');
  expect(transactionsOf(host)).toBe(1);
  const [run] = (await api.call(patchRunEndpoints.list, { params: { id: job.id }, query: {} })).items;
  expect(run).toMatchObject({ status: 'succeeded', verification: 'verified' });
  const { items: evidence } = await api.call(patchRunEndpoints.attempts, {
    params: { id: job.id, run_id: run?.id ?? '' },
    query: {},
  });
  expect(
    evidence
      .map(({ outcome }) => outcome)
      .toReversed()
      .slice(0, 3),
  ).toEqual(['fail', 'fail', 'fail']);
  expect(evidence[0]?.outcome).toBe('pass');
  expect(loads()).toBe(0);
});

test('with nginx kept down the window closes, the run fails with the check and its last word, and nothing was started', async ({
  browser,
  patchgate,
  nginx,
}) => {
  const { page, api, host } = await nginxIsDown(browser, patchgate, nginx);
  const closesAt = await windowThatClosesSoon(api, host);
  const job = await api.call(patchJobEndpoints.create, order(host, 'window'));
  const panel = await openRun(page, api, job.id);
  const loads = countLoads(page);
  await expect(panel).toContainText('Waiting for health', { timeout: 20_000 });
  await expect(panel).toContainText(/Closes in\s*\d+:\d\d/);

  const left = closesAt - Date.now();
  await expect(panel.getByRole('heading', { level: 2 }).first().locator('..')).toContainText('Failed', {
    timeout: left + 15_000,
  });
  await expect(panel).toContainText('Gate never opened: 1 of 1 check fails');
  await expect(panel).toContainText('Shop front');
  await expect(panel).toContainText('connection refused');
  const [run] = (await api.call(patchRunEndpoints.list, { params: { id: job.id }, query: {} })).items;
  expect(run).toMatchObject({ status: 'failed', reason: 'gate_window_closed', dispatched_at: null });
  expect(run?.detail).toMatch(/Shop front.*connection refused/);
  expect(Date.parse(run?.ended_at ?? '') - closesAt).toBeLessThan(5_000);
  // A late green patches nothing.
  await nginx.start();
  await expect
    .poll(async () => (await api.call(hostEndpoints.get, { params: { id: host.id } })).health_check_status, {
      timeout: 30_000,
    })
    .toBe('healthy');
  expect(transactionsOf(host)).toBe(0);
  expect(loads()).toBe(0);
});

const minuteMs = 60_000;

/** Windows are of whole minutes: one that closes with this minute or the next, and not at once. */
async function windowThatClosesSoon(api: Api, host: GatedHost): Promise<number> {
  const now = Date.now();
  const closesAt = Math.ceil((now + 20_000) / minuteMs) * minuteMs;
  await api.call(maintenanceWindowEndpoints.create, {
    body: {
      ...{ name: 'tonight', host_id: host.id, time_zone: 'UTC', duration_minutes: 30 },
      starts_at: new Date(closesAt - 30 * minuteMs).toISOString().slice(0, 16),
      recurrence: { freq: 'once' },
    },
  });
  return closesAt;
}
