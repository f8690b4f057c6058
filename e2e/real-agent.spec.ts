import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { PrivateSystemd, whyNoSystemd } from '../tests/private-systemd.js';
import { expect, signedIn, test as base } from './own-server.fixture.js';

const intervalSeconds = 10;
const impossible = whyNoSystemd();

const test = base.extend<{ host: PrivateSystemd }>({
  host: async ({}, use) => {
    const host = await PrivateSystemd.start();
    await use(host);
    await host.stop();
  },
});
test.use({
  settings: { PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds), PATCHGATE_CHECK_TIMEOUT_MS: '4000' },
});
test.skip(impossible !== null, String(impossible));

test('one pasted command enrols a real host, whose facts, patches and services are then shown as they are', async ({
  browser,
  patchgate,
  host,
}) => {
  test.setTimeout(180_000);
  const page = await signedIn(browser, patchgate);
  const command = await commandToPaste(page);
  // Another port than an agent of this machine itself would have.
  const pasted = host.start('sh', '-c', `${command} --port ${await freePort()}`);

  const name = host.run('hostname').trim();
  const request = page.getByRole('region', { name });
  await expect(request).toContainText('With a token of anna', { timeout: 30_000 });
  await request.getByRole('button', { name: `Approve ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(`${name} is a host now.`)).toBeVisible();
  expect(await pasted.exited, pasted.output()).toBe(0);

  await page.goto('/hosts');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('region', { name: 'Agent' })).toContainText('Connected', { timeout: 60_000 });
  const facts = page.getByRole('region', { name: 'Facts' });
  await expect(facts).toContainText(host.run('uname', '-r').trim());
  await expect(facts).toContainText(osName());
  await expectPatchesOf(page, host);
  await expectServiceFollowed(page, host);
});

async function commandToPaste(page: Page): Promise<string> {
  await page.goto('/agents');
  await page
    .getByRole('link', { name: /Enrol/ })
    .or(page.getByRole('button', { name: 'Enrol host' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Create command' }).click();
  const command = await page.getByRole('dialog').locator('code').first().innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  return command;
}

/** By apt's own listing: names, versions, and which of them come from an archive of security updates. */
async function expectPatchesOf(page: Page, host: PrivateSystemd): Promise<void> {
  const listed = host
    .run('sh', '-c', 'LC_ALL=C apt list --upgradable 2>/dev/null')
    .split('\n')
    .flatMap((line) => {
      const [, name, archives, version] = /^([^/]+)\/(\S+) (\S+) \S+ \[upgradable from: /.exec(line) ?? [];
      return name === undefined
        ? []
        : [{ name, version: version ?? '', isSecurity: /security/.test(archives ?? '') }];
    });
  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches).toContainText('checked', { timeout: 60_000 });
  if (listed.length === 0) {
    await expect(patches).toContainText('Nothing to upgrade');
    return;
  }
  const security = listed.filter(({ isSecurity }) => isSecurity);
  await expect(patches.getByRole('radio', { name: `All ${listed.length}` })).toBeVisible();
  for (const { name, version } of [...listed.slice(0, 3), ...security.slice(0, 3)]) {
    await patches.getByLabel('Search patches').fill(name);
    const row = patches.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect(row).toContainText(version);
    if (security.some((each) => each.name === name)) await expect(row).toContainText('security');
  }
}

async function expectServiceFollowed(page: Page, host: PrivateSystemd): Promise<void> {
  host.run('systemctl', 'start', 'nginx');
  await page.getByRole('button', { name: 'Add check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByText('Service', { exact: true }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Web server');
  await dialog.getByLabel('Service', { exact: true }).last().fill('nginx');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('region', { name: 'Test' }).getByRole('status')).toContainText('Healthy');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Web server' });
  await expect(row).toContainText(/Healthy for/, { timeout: 30_000 });
  // Nobody touches the page: the polls find it.
  host.run('systemctl', 'stop', 'nginx');
  await expect(row).toContainText(/Unhealthy for/, { timeout: 1000 * (intervalSeconds + 10) });
  host.run('systemctl', 'start', 'nginx');
  await expect(row).toContainText(/Healthy for/, { timeout: 1000 * (2 * intervalSeconds + 20) });
}

const osName = (): string =>
  execFileSync('sh', ['-c', '. /etc/os-release; echo "$NAME"'], { encoding: 'utf8' }).trim();

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
