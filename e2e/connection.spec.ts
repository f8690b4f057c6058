import { expect, test } from './patchgate.fixture.js';

// The wire is cut here, beyond both ends; nothing answers in the server's place.
test('a lost connection is said, old rows stay with their age, and it heals by itself', async ({
  page,
  troubles,
}) => {
  await page.goto('/users');
  await expect(page.getByRole('row', { name: 'anna' })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByLabel('Search users').fill('anna');
  const lost = page.getByRole('status').filter({ hasText: /Live updates lost \d+ s ago, reconnecting/ });
  await expect(lost.first()).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText('The server could not be reached.')).toBeVisible();
  await page.context().setOffline(false);
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /^Connected$/ })
      .first(),
  ).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('The server could not be reached.')).toBeHidden();
  await expect(page.getByRole('row', { name: 'anna' })).toBeVisible();
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !trouble.includes('ERR_INTERNET')));
});

test('a page that never comes says after ten seconds what it waits for', async ({ page }) => {
  await page.clock.install();
  await page.route('**/api/v1/groups?*', () => new Promise(() => undefined));
  await page.goto('/groups');
  await expect(page.locator('[aria-busy="true"]')).toBeVisible();
  await expect(page.getByText('Still waiting for the groups.')).toHaveCount(0);
  await page.clock.fastForward(10_000);
  await expect(page.getByText('Still waiting for the groups.')).toBeVisible();
});

test('a list that cannot be loaded says so, names a way on and works when tried again', async ({ page }) => {
  await page.route('**/api/v1/audit-log?*', (route) => route.abort());
  await page.goto('/audit');
  const failure = page.getByRole('alert').filter({ hasText: 'Could not load the audit log.' });
  await expect(failure).toBeVisible({ timeout: 15_000 });
  await page.unroute('**/api/v1/audit-log?*');
  await failure.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('table', { name: 'Audit log' })).toBeVisible();
});
