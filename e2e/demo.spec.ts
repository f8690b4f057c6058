import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signedIn, test } from './own-server.fixture.js';

test.use({ flags: ['--demo'] });

const defectsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [
    id,
    ...nodes.map(({ html }) => html),
  ]);

test('who has never seen it finds the job that waits, reads why, releases it and sees it verified', async ({
  browser,
  patchgate,
}) => {
  const page = await signedIn(browser, patchgate);
  const mark = page.getByRole('region', { name: 'Demo', exact: true });
  await expect(mark).toHaveText(/Simulated hosts; nothing here is patched\..*every 15 seconds/);
  await expect(page.getByText('24 hosts in 4 groups')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Next windows' }).getByRole('listitem')).not.toHaveCount(0);

  // The overview says which host waits, and for what; the words lead to its gate.
  const waiting = page.getByRole('list', { name: 'Waiting in Security patches, web servers' });
  await expect(waiting).toContainText('web-3 waits', { timeout: 60_000 });
  await expect(waiting).toContainText('PHP-FPM runs: failed');
  expect(await defectsOf(page)).toEqual([]);
  await waiting.getByRole('link').click();

  const panel = page.getByRole('complementary', { name: 'Run of web-3.fra.example.org' });
  const gate = panel.getByRole('region', { name: 'Gate closed: 3 of 4 checks fail' });
  await expect(gate).toContainText('HTTP 502');
  await expect(gate).toContainText('connection refused');
  await expect(gate).toContainText(/Next attempt in\s*0:\d\d/);
  await expect(mark).toBeVisible();
  const repair = panel.getByRole('region', { name: 'Demo: repair this host' });
  expect(await defectsOf(page)).toEqual([]);

  await repair.getByRole('button', { name: 'Start php8.2-fpm on web-3' }).click();
  await expect(repair).toContainText('php8.2-fpm runs again on web-3');
  await expect(panel.getByText('Gate opened at attempt')).toBeVisible({ timeout: 60_000 });
  const job = page.getByRole('main');
  await expect(job.getByRole('heading', { level: 1 }).locator('..')).toContainText('Succeeded', {
    timeout: 90_000,
  });
  await expect(panel).toContainText('Verified');
  await expect(panel).toContainText('8.2.30-1~deb12u1');
  await expect(repair).toBeHidden();

  // On a phone the panel covers the page, and still not what says that this is a demo.
  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = page.getByRole('dialog', { name: 'Run of web-3.fra.example.org' });
  await expect(sheet).toBeVisible();
  const [banner, covered] = [
    await page.locator('section[aria-label="Demo"]').boundingBox(),
    await sheet.boundingBox(),
  ];
  expect(covered?.y).toBeGreaterThanOrEqual((banner?.height ?? Infinity) - 1);
});
