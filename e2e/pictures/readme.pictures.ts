import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { runPatchgate } from '../../tests/running-patchgate.js';
import { goodPassword } from '../names.js';

const directory = path.resolve(import.meta.dirname, '../../docs/pictures');
const mostBytes = 250_000;

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });

/** What the README shows is what `npm run demo` shows, taken from it. */
test('the pictures of the README', async ({ browser, viewport, colorScheme }) => {
  test.setTimeout(300_000);
  await mkdir(directory, { recursive: true });
  const administrator = { PATCHGATE_ADMIN_USERNAME: 'demo', PATCHGATE_ADMIN_PASSWORD: goodPassword };
  const demo = await runPatchgate(administrator, ['--demo']);
  const page = await browser.newPage({
    baseURL: demo.address,
    viewport,
    colorScheme: colorScheme ?? 'light',
  });
  try {
    await page.goto('/');
    await page.getByLabel('User name').fill('demo');
    await page.getByLabel('Password', { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();

    const waiting = page.getByRole('list', { name: /^Waiting in/ });
    await expect(waiting).toContainText('web-3 waits', { timeout: 60_000 });
    await take(page, 'overview');

    await waiting.getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Run of web-3.fra.example.org' });
    await expect(panel).toContainText(/Attempts so far\s*[4-9]/, { timeout: 120_000 });
    await take(page, 'gate');

    await panel.getByRole('link', { name: 'Open host' }).click();
    await expect(page.getByRole('heading', { name: 'Health checks' })).toBeVisible();
    await expect(page.getByText(/^\d+(\.\d)? %$/)).toHaveCount(4);
    await take(page, 'host');

    await deployWizard(page);
    await take(page, 'deploy');
  } finally {
    await page.close();
    await demo.stop();
  }
});

/** The last step: what would become of each host, before the job is made. */
async function deployWizard(page: Page): Promise<void> {
  await page.goto('/hosts');
  for (const host of ['cache-2.ams', 'vpn-1.ams', 'db-1.fra', 'db-2.fra', 'db-3.ams', 'db-4.ams'])
    await page.getByLabel(`Select ${host}.example.org`).check();
  await page.getByRole('link', { name: 'Deploy to 6 hosts' }).click();
  for (const step of ['Packages', 'When', 'Roll-out', 'Review'])
    await page.getByRole('link', { name: `Next: ${step}` }).click();
  await expect(page.getByRole('button', { name: /^(Schedule|Start) \d/ })).toBeVisible();
}

async function take(page: Page, name: string): Promise<void> {
  const file = path.join(directory, `${name}.png`);
  // Nothing is on its way any more, and nothing is pointed at.
  await page.mouse.move(0, 0);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  expect((await stat(file)).size, name).toBeLessThan(mostBytes);
}
