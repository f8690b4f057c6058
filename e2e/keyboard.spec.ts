import { expect, test } from './patchgate.fixture.js';
import { unique, uniqueAddress } from './names.js';

test('Ctrl-K finds a host from anywhere', async ({ page, api }) => {
  const stem = unique('seek');
  await api.host(`${stem}-a.example.org`, uniqueAddress());
  await api.host(`${stem}-b.example.org`, uniqueAddress());
  await page.goto('/audit');
  await expect(page.getByRole('table')).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Name or address' });
  await expect(field).toBeFocused();
  await page.keyboard.type(stem);
  const found = page.getByRole('listbox', { name: 'Hosts found' }).getByRole('option');
  await expect(found).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await expect(found.filter({ hasText: `${stem}-b` })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${stem}-b` })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
});

test('Escape closes the finder and gives the focus back', async ({ page }) => {
  await page.goto('/');
  const opener = page.getByRole('button', { name: 'Find a host' }).first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Name or address' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('/ goes to the search of the page, and is a letter inside a field', async ({ page }) => {
  await page.goto('/hosts');
  const search = page.getByLabel('Search hosts');
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('a/b');
  await expect(search).toHaveValue('a/b');
});

test('arrows walk the rows of a table, Enter opens one', async ({ page, api }) => {
  const stem = unique('walk');
  for (const letter of ['a', 'b', 'c']) await api.host(`${stem}-${letter}.example.org`, uniqueAddress());
  await page.goto(`/hosts?q=${stem}&sort=fqdn`);
  await page.getByRole('link', { name: `${stem}-a` }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('link', { name: `${stem}-b` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${stem}-b` })).toBeVisible();
});

test('the first Tab offers to skip the navigation', async ({ page }) => {
  await page.goto('/groups');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
