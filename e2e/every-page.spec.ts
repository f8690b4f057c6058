import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './patchgate.fixture.js';
import { everyPage } from './pages.js';
import type { PageAddress } from './pages.js';

async function open(page: Page, { path, heading }: PageAddress): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading, includeHidden: true })).toBeVisible();
  // All that was asked for is there: nothing of the page is a placeholder any more.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('every page is free of accessibility defects', async ({ page, api }) => {
      test.slow();
      for (const address of await everyPage(api)) {
        await open(page, address);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
        expect.soft(found, `${address.name} in ${colorScheme}`).toEqual([]);
      }
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('no page scrolls sideways', async ({ page, api }) => {
    test.slow();
    for (const address of await everyPage(api)) {
      await open(page, address);
      const widest = await page.evaluate(
        'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((part) => part.scrollWidth))',
      );
      expect.soft(widest, address.name).toBeLessThanOrEqual(390);
    }
  });

  test('every page is reached from the bar and the menu', async ({ page }) => {
    await page.goto('/');
    const bar = page.getByRole('navigation', { name: 'Sections' });
    await bar.getByRole('link', { name: 'Groups' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Audit log' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});
