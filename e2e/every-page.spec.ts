import { AxeBuilder } from '@axe-core/playwright';
import { layOut, openPage, pages } from './pages.js';
import { expect, test } from './patchgate.fixture.js';
import { smallTargets } from './small-targets.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const address of pages) {
      test(`${address.name} is free of accessibility defects`, async ({ page, api }) => {
        await openPage(page, address, await layOut(api));
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
      });
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  for (const address of pages) {
    test(`${address.name} does not scroll sideways`, async ({ page, api }) => {
      await openPage(page, address, await layOut(api));
      const widest = await page.evaluate(
        'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((part) => part.scrollWidth))',
      );
      expect(widest).toBeLessThanOrEqual(390);
    });
  }

  for (const address of pages) {
    test(`${address.name} has nothing too small for a finger`, async ({ page, api }) => {
      await openPage(page, address, await layOut(api));
      expect(await page.evaluate(smallTargets)).toEqual([]);
    });
  }

  test('every page is reached from the bar and the menu', async ({ page }) => {
    await page.goto('/');
    const bar = page.getByRole('navigation', { name: 'Sections' });
    await bar.getByRole('link', { name: 'Jobs' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Jobs' })).toBeVisible();
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Audit log' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});
