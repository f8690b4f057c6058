import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './patchgate.fixture.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('the reference of the API can be read', async ({ page }) => {
      await page.goto('/api/docs');
      await expect(page.getByText('/api/v1/hosts', { exact: true }).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
      expect(violations.flatMap(({ nodes }) => nodes.map((node) => node.html))).toEqual([]);
      const ground = colorScheme === 'light' ? 'rgb(248, 249, 251)' : 'rgb(12, 14, 18)';
      await expect(page.locator('body')).toHaveCSS('background-color', ground);
    });
  });
}

test('the reference fits a phone and leads back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/api/docs');
  await page.getByText('/api/v1/hosts', { exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Responses' }).first()).toBeVisible();
  await expect(page.getByText('Resolver error')).toHaveCount(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByRole('link', { name: 'Patchgate' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});
