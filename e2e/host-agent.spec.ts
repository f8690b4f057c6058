import { hostEndpoints, pkiEndpoints } from '@patchgate/contracts';
import type { HostView } from '@patchgate/contracts';
import { AxeBuilder } from '@axe-core/playwright';
import { startAgents } from '../tests/simulated-agents.js';
import type { SimulatedAgents } from '../tests/simulated-agents.js';
import type { Api } from './api.js';
import { unique } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { smallTargets } from './small-targets.js';

const patch = (name: string, security: boolean, more: object = {}) => ({
  ...{ name, current_version: '1.0-1', available_version: '1.0-2', security, requires_reboot: false },
  ...more,
});
const fleets: SimulatedAgents[] = [];
test.afterAll(() => {
  for (const fleet of fleets) fleet.stop();
});

let addresses = 0;

/** A host with an agent that has its certificate from the manager, and how to change what it does. */
async function hostWithAgent(api: Api, script: object, dialect = 'ours') {
  addresses += 1;
  // Workers run at the same time, and no two hosts have one address.
  const address = `127.${20 + Number(process.env.TEST_PARALLEL_INDEX ?? 0)}.${process.pid % 250}.${addresses}`;
  const { id, fqdn } = await api.host(`${unique('agent')}.example.org`, address);
  const bundle = await api.call(pkiEndpoints.issueBundle, { params: { id } });
  const pair = { cert: bundle.server_crt, key: bundle.server_key };
  const fleet = await startAgents(
    [{ host_id: id, hostname: fqdn, address, pair, dialect, script }],
    bundle.ca_crt,
  );
  fleets.push(fleet);
  const host = await api.call(hostEndpoints.update, {
    params: { id },
    body: { agent_port: fleet.portOf(id) },
  });
  return {
    host,
    change: (changes: object) => fleet.command({ command: 'script', host_id: id, script: changes }),
  };
}

const nameOf = ({ fqdn }: HostView): string => fqdn.split('.')[0] ?? '';

test('a host shows what its agent tells, and turns red when a service does, without a reload', async ({
  page,
  api,
}) => {
  test.setTimeout(120_000);
  const { host, change } = await hostWithAgent(api, {
    services: { nginx: true },
    patches: [patch('tzdata', false), patch('openssl', true, { requires_reboot: true })],
  });
  await page.goto(`/hosts/${host.id}`);
  const agent = page.getByRole('region', { name: 'Agent' });
  await expect(agent).toContainText('Connected', { timeout: 40_000 });
  await expect(agent).toContainText('0.1.0');
  await expect(agent).toContainText(/Certificate endsin \d+ d/);
  const facts = page.getByRole('region', { name: 'Facts' });
  await expect(facts).toContainText('Debian GNU/Linux 12');
  await expect(facts).toContainText('6.1.0-28-amd64');
  await expect(facts).toContainText('x86_64');

  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches).toContainText('checked');
  await expect(patches.getByRole('row').nth(1)).toContainText(/openssl.*1\.0-1.*1\.0-2.*security.*needed/);
  await expect(patches.getByRole('row').nth(2)).toContainText(/tzdata.*no/);
  await patches.getByRole('radio', { name: 'Security 1' }).check({ force: true });
  await expect(patches.getByRole('row', { name: /tzdata/ })).toHaveCount(0);

  const checks = page.getByRole('region', { name: 'Health checks' });
  await checks.getByRole('button', { name: 'Add check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByRole('radio', { name: 'Service' }).check({ force: true });
  await dialog.getByLabel('Name').fill('Web server');
  await dialog.getByLabel('Service', { exact: true }).last().fill('nginx');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('region', { name: 'Test' }).getByRole('status')).toContainText('Healthy');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Healthy, 1 of 1 pass')).toBeVisible({ timeout: 20_000 });

  await change({ services: { nginx: false } });
  // Measured again twenty seconds after it has changed.
  await expect(page.getByText('Unhealthy, 1 of 1 fail')).toBeVisible({ timeout: 45_000 });
  await expect(checks.getByRole('listitem').filter({ hasText: 'Web server' })).toContainText(
    'failed (failed)',
  );
});

test('whoever asks anew sees that it is under way, and then what is new, as text and nothing else', async ({
  page,
  api,
}) => {
  test.setTimeout(60_000);
  const { host, change } = await hostWithAgent(api, { patches: [patch('curl', false)] });
  await page.goto(`/hosts/${host.id}`);
  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches.getByRole('row', { name: /curl/ })).toBeVisible({ timeout: 40_000 });
  const hostile = '<img src=x onerror="document.title=1">';
  await change({ patches: [patch('curl', true), patch(hostile, true)], latency_ms: 700 });
  await patches.getByRole('button', { name: 'Refresh' }).click();
  await expect(patches.getByRole('button', { name: 'Asking the agent…' })).toBeVisible();
  await expect(patches.getByRole('rowheader', { name: hostile })).toBeVisible({ timeout: 20_000 });
  await expect(patches.getByRole('button', { name: 'Refresh' })).toBeVisible();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);

  await page.goto(`/hosts?patches=security&q=${nameOf(host)}`);
  await expect(page.getByRole('row', { name: nameOf(host) })).toContainText('2 of 2');
  await page.getByLabel('Patches').selectOption('Up to date');
  await expect(page.getByRole('heading', { name: 'No host matches' })).toBeVisible();
});

test('an agent that is gone says why and what to do, and an agent that only guesses says so', async ({
  page,
  api,
}) => {
  test.setTimeout(60_000);
  const { host, change } = await hostWithAgent(api, { patches: [patch('openssl', true)] }, 'public');
  await page.goto(`/hosts/${host.id}`);
  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches.getByRole('row', { name: /openssl/ })).toContainText('critical?', { timeout: 40_000 });
  await expect(patches).toContainText('This agent does not tell which patches are about security.');
  await change({ is_down: true });
  await patches.getByRole('button', { name: 'Refresh' }).click();
  const agent = page.getByRole('region', { name: 'Agent' });
  await expect(agent).toContainText('The agent cannot be reached: connection refused.', { timeout: 20_000 });
  await expect(agent).toContainText('See whether it runs on the host');
  await expect(agent).toContainText('Unreachable');
  await expect(patches.getByRole('button', { name: 'Refresh' })).toBeVisible();
  await page.goto(`/hosts?q=${nameOf(host)}&agent=unreachable`);
  await page
    .getByRole('row', { name: nameOf(host) })
    .getByText('Unreachable')
    .hover();
  await expect(page.getByRole('tooltip')).toContainText('connection refused');
});

test('the page of a host with many patches can be used by everybody, in the dark and on a phone', async ({
  page,
  api,
}) => {
  test.setTimeout(90_000);
  const long = 'linux-image-amd64-with-a-very-long-name-that-no-column-has-room-for';
  const many = Array.from({ length: 240 }, (_, n) =>
    patch(`package-${String(n).padStart(3, '0')}`, n % 3 === 0),
  );
  const { host } = await hostWithAgent(api, { patches: [patch(long, true), ...many] });
  await page.goto(`/hosts/${host.id}`);
  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches.getByRole('rowheader', { name: long })).toBeVisible({ timeout: 40_000 });
  await expect(patches.getByRole('radio', { name: 'All 241' })).toBeAttached();
  await expect(patches.getByRole('radio', { name: 'Security 81' })).toBeAttached();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(patches.getByRole('rowheader', { name: long })).toBeVisible();
  const widest = await page.evaluate(
    'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((part) => part.scrollWidth))',
  );
  expect(widest).toBeLessThanOrEqual(390);
  await patches.getByRole('radio', { name: 'All 241' }).scrollIntoViewIfNeeded();
  expect(await page.evaluate(smallTargets)).toEqual([]);
  await patches
    .getByText('1 to', { exact: false })
    .or(patches.getByText('rows'))
    .first()
    .scrollIntoViewIfNeeded();
  await expect(patches.getByRole('rowheader', { name: 'package-238' })).toBeVisible();
});
