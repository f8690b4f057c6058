import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique } from './names.js';

test.use({ storageState: { cookies: [], origins: [] } });

test('signing in leads to the page that was asked for', async ({ page, api }) => {
  const name = unique('lena');
  await api.user(name, 'admin', goodPassword);
  await page.goto('/groups?q=nothing-of-this-name');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await expect(page).toHaveURL(/\/groups\?q=nothing-of-this-name$/);
});

test('wrong credentials are refused in one sentence and what was typed stays', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(unique('nobody'));
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery staple');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('The user name or the password is wrong.');
  await expect(page.getByLabel('User name')).toHaveValue(/^nobody-/);
});

test('a link cannot lead out of the application after the sign-in', async ({ page, api, baseURL }) => {
  const name = unique('mats');
  await api.user(name, 'viewer', goodPassword);
  await page.goto('/sign-in?to=//example.org/');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect(page.url()).toBe(`${baseURL ?? ''}/`);
});

test('signing out ends the session', async ({ api, pageOf }) => {
  const name = unique('nils');
  await api.user(name, 'viewer', goodPassword);
  const page = await pageOf(name, goodPassword);
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/hosts');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a session ended elsewhere leads to the sign-in, and back afterwards', async ({ api, pageOf }) => {
  const name = unique('olga');
  await api.user(name, 'viewer', goodPassword);
  const here = await pageOf(name, goodPassword);
  await here.goto('/hosts?q=anything');
  const there = await pageOf(name, goodPassword);
  await there.goto('/account/sessions');
  await there.getByRole('button', { name: /^End the session/ }).click();
  await there.getByRole('button', { name: 'End session' }).click();
  await expect(there.getByText('The session was ended.')).toBeVisible();

  await expect(here.getByText('Your session has ended.')).toBeVisible();
  await here.getByLabel('User name').fill(name);
  await here.getByLabel('Password', { exact: true }).fill(goodPassword);
  await here.getByRole('button', { name: 'Sign in' }).click();
  await expect(here).toHaveURL(/\/hosts\?q=anything$/);
});
