import type { Page } from '@playwright/test';
import { noRealServers, startNginx } from '../tests/real-servers.js';
import type { RealServer } from '../tests/real-servers.js';
import { unique, uniqueAddress } from './names.js';
import { expect, signedIn, test as base } from './own-server.fixture.js';

const intervalSeconds = 10;

const test = base.extend<{ nginx: RealServer }>({
  nginx: async ({}, use) => {
    const nginx = await startNginx('monitor', 'not needed for its front page');
    await use(nginx);
    await nginx.remove();
  },
});
test.use({
  settings: { PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds), PATCHGATE_CHECK_TIMEOUT_MS: '4000' },
});
test.skip(noRealServers !== null, String(noRealServers));

test('a check on a running nginx is tried, saved, red when nginx stops and green when it is back, without a reload', async ({
  browser,
  patchgate,
  nginx,
}) => {
  test.setTimeout(90_000);
  const page = await signedIn(browser, patchgate);
  await addHost(page);
  let loads = 0;
  page.on('load', () => (loads += 1));

  await page.getByRole('button', { name: 'Add check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByLabel('Name').fill('Shop front');
  await dialog.getByLabel('URL').fill(`http://127.0.0.1:${nginx.port}/`);
  await dialog.getByLabel('Expected in the body').fill('the shop is ready');
  await dialog.getByRole('button', { name: 'Test' }).click();
  const tried = dialog.getByRole('region', { name: 'Test' });
  await expect(tried.getByRole('status')).toContainText('Healthy');
  await expect(tried.getByRole('list', { name: 'Phases' })).toContainText(
    /Connect.*ms.*First byte.*ms.*Body.*ms/,
  );
  await expect(tried).toContainText('of 4 s allowed');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole('listitem').filter({ hasText: 'Shop front' });
  await expect(row).toContainText(/Healthy for/);
  await expect(page.getByText('Healthy, 1 of 1 pass')).toBeVisible();

  await nginx.stop();
  // Nobody touches the page: the next poll finds it, and the page hears of it. The second of the tick, and the writing.
  await expect(row).toContainText(/Unhealthy for/, { timeout: 1000 * (intervalSeconds + 3) });
  await expect(row).toContainText('No connection could be made: connection refused.');
  await expect(row).toContainText('See whether the service runs');
  await expect(page.getByText('Unhealthy, 1 of 1 fail')).toBeVisible();

  await nginx.start();
  await row.getByRole('button', { name: 'Test Shop front' }).click();
  await expect(row).toContainText(/Healthy for/);
  await expect(row).not.toContainText('connection refused');
  await expect(page.getByText('Healthy, 1 of 1 pass')).toBeVisible();
  expect(loads).toBe(0);
});

async function addHost(page: Page): Promise<void> {
  const name = unique('shop');
  await page.goto('/hosts');
  await page.getByRole('button', { name: 'Add host' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add host' });
  await dialog.getByLabel('Host name').fill(`${name}.example.org`);
  await dialog.getByLabel('Address').fill(uniqueAddress());
  await dialog.getByRole('button', { name: 'Add host' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}
