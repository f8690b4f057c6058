import { execFileSync } from 'node:child_process';
import { whyNoSystemd } from '../tests/private-systemd.js';
import type { PrivateSystemd } from '../tests/private-systemd.js';
import { apiOf } from './gated-hosts.js';
import { signedIn } from './own-server.fixture.js';
import { expect, test } from './real-host.fixture.js';
import { addFourChecks, approve, commandToPaste, expectPatchesOf, openWindow } from './real-host.js';
import { WrittenRun } from './real-run.js';

// Follows docs/walk-through.md: what is typed is read from there.
const impossible = whyNoSystemd();
test.skip(impossible !== null, String(impossible));

test('a real host is enrolled, checked, held at its gate while php-fpm is down, patched by apt, and verified', async ({
  browser,
  host,
  patchgate,
  ports,
  settings,
  walkThrough,
  takePicture,
}) => {
  const viewport = { width: 1440, height: 1000 };
  const page = await signedIn(browser, patchgate, { timezoneId: 'UTC', viewport });
  const name = host.run('hostname').trim();
  const follow = (heading: string) => host.run('sh', '-euc', walkThrough.commandsOf(heading));
  const patches = page.getByRole('region', { name: 'Patches', exact: true });

  await test.step('one pasted command enrols it', async () => {
    const command = await commandToPaste(page);
    const pasted = host.start('sh', '-c', `${command} --port ${ports.agent}`);
    await approve(page, name);
    expect(await pasted.exited, pasted.output()).toBe(0);
  });

  await test.step('four checks are tried, saved and healthy', async () => {
    await page.goto('/hosts');
    await page.getByRole('link', { name, exact: true }).click();
    await addFourChecks(page, ports);
    await expect(page.getByText('Healthy, 4 of 4 pass')).toBeVisible();
  });

  await test.step('facts and patches are those of the machine', async () => {
    const facts = page.getByRole('region', { name: 'Facts' });
    await expect(facts).toContainText(host.run('uname', '-r').trim());
    await expect(facts).toContainText(osName());
    await expectPatchesOf(page, host);
  });
  const hostPage = page.url();

  await test.step('a window is opened', async () => {
    await openWindow(page, name);
    await takePicture(page, '1-window');
  });

  await test.step('a newer version is in the archive', async () => {
    follow('Something to patch');
    await page.goto(hostPage);
    await patches.getByRole('button', { name: 'Refresh' }).click();
    await expect(patches.getByRole('row')).toHaveCount(2, { timeout: 30_000 });
    await expect(patches.getByRole('row').last()).toContainText(/shop-page.*1\.0.*1\.1.*security/);
    await takePicture(page, '2-host');
  });
  let loads = 0;
  page.on('load', () => (loads += 1));

  await test.step('a poll finds php-fpm stopped', async () => {
    follow('Order it while php-fpm is down');
    const checks = page.getByRole('region', { name: 'Health checks' });
    const php = checks.getByRole('listitem').filter({ hasText: 'PHP' });
    await expect(php).toContainText(/Unhealthy for/, { timeout: 30_000 });
    await expect(php).toContainText('No connection could be made: connection refused.');
    await expect(php).toContainText('See whether the service runs');
    await expect(page.getByText('Unhealthy, 1 of 4 fail')).toBeVisible();
  });

  await test.step('the review warns, and it is ordered all the same', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Deploy', exact: true }).click();
    await page.getByRole('link', { name: 'Next: Packages' }).click();
    await expect(page.getByRole('radio', { name: 'Security only' })).toBeChecked();
    for (const step of ['When', 'Roll-out', 'Review'])
      await page.getByRole('link', { name: `Next: ${step}` }).click();
    await expect(page.getByText('1 host would wait at the gate now.')).toBeVisible();
    const table = page.getByRole('table', { name: 'Hosts by what will happen' });
    await expect(table).toContainText(/Would wait at the gate.*PHP: connection refused/);
    await takePicture(page, '3-review');
    await page.getByRole('button', { name: 'Schedule 1 host' }).click();
    await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
  });

  const before = installed(host);
  const runs = page.getByRole('table', { name: 'Hosts of this job' });
  const panel = page.getByRole('complementary', { name: `Run of ${name}` });
  await test.step('it waits at its gate, and the host is not touched', async () => {
    await runs.getByRole('link', { name, exact: true }).click();
    await expect(panel).toContainText('Waiting for health', { timeout: 30_000 });
    const gate = panel.getByRole('region', { name: 'Gate closed: 1 of 4 checks fails' });
    await expect(gate).toContainText(/PHP.*No connection could be made: connection refused\./);
    await expect(gate).toContainText(/Attempts so far\s*[2-9]/, { timeout: 30_000 });
    await expect(gate).toContainText(/Next attempt in\s*0:0\d/);
    await expect(gate).toContainText(/Closes in\s*1:\d\d:\d\d/);
    await takePicture(page, '4-gate');
    expect(installed(host)).toEqual(before);
    expect(before['shop-page']).toBe('1.0');
    expect(ordersIn(host)).toEqual([]);
  });
  const run = new WrittenRun(await apiOf(page, patchgate.address), page);

  await test.step('php-fpm is back: the gate opens by itself and apt is at work', async () => {
    follow('Let it through');
    await expect(panel.getByRole('log')).toContainText('Setting up shop-page (1.1)', { timeout: 60_000 });
    await takePicture(page, '5-log');
  });

  await test.step('the checks come back, and it is verified', async () => {
    const title = panel.getByRole('heading', { level: 2 }).first().locator('..');
    await expect(title).toContainText('Succeeded', { timeout: 60_000 });
    const changes = panel.getByRole('region', { name: 'Before and after' });
    await expect(changes).toContainText('Verified');
    for (const check of ['Web server', 'Shop page', 'PHP', 'Shop over TLS'])
      await expect(changes.getByRole('row', { name: new RegExp(`^${check} Pass .*Pass `) })).toBeVisible();
    await expect(changes.getByRole('row', { name: 'shop-page 1.0 1.1' })).toBeVisible();
    await takePicture(page, '6-verified');
    await run.expectOpenedAfter(2, 'PHP');
    await run.expectVerifiedTwice(Number(settings.PATCHGATE_VERIFY_EVERY_SECONDS));
  });

  await test.step('the host says the same, of one transaction', () => {
    expect(installed(host)).toEqual({ ...before, 'shop-page': '1.1' });
    expect(ordersIn(host)).toEqual(['accepted', 'launched', 'ended']);
    const said = follow('Believe it').trim().split('\n');
    expect(said).toEqual([
      'shop-page\t1.1',
      'The shop is ready. Page 1.1',
      expect.stringMatching(/^Upgrade: shop-page:\w+ \(1\.0, 1\.1\)$/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
  });
  expect(walkThrough.left).toEqual([]);
  expect(loads).toBe(0);
});

/** Names and versions, as dpkg has them. */
function installed(host: PrivateSystemd): Record<string, string> {
  const lines = host.run('dpkg-query', '--show').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
}

/** What the agent has written down of runs, but that they were acknowledged. */
function ordersIn(host: PrivateSystemd): string[] {
  const journal = host.run('cat', '/var/lib/patchgate-agent/runs.journal');
  return [...journal.matchAll(/"kind":"(accepted|launched|rebooting|ended)"/g)].map(([, kind = '']) => kind);
}

const osName = (): string =>
  execFileSync('sh', ['-c', '. /etc/os-release; echo "$NAME"'], { encoding: 'utf8' }).trim();
