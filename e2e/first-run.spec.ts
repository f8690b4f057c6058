import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Api } from './api.js';
import { plantCanaries } from './canaries.js';
import { admin, readToken, storageStateFile, writeToken } from './first-admin.js';
import { forgetReceived, keepReceived } from './received.js';

// Runs alone and first: a server is set up once.
base('the first administrator is made with the printed token, and nothing else', async ({ page }) => {
  forgetReceived();
  keepReceived(page);
  await page.goto('/hosts');
  await expect(page.getByRole('heading', { name: 'Create the first administrator' })).toBeVisible();

  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expect(page.getByLabel('Set-up token')).toBeFocused();
  await expect(page.getByText('This is needed.').first()).toBeVisible();

  await page.getByLabel('Set-up token').fill('not-the-token');
  await page.getByLabel('User name').fill(admin.username);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expect(page.getByLabel('Set-up token')).toHaveAccessibleDescription(/not the token/);
  await expect(page.getByLabel('User name')).toHaveValue(admin.username);

  await page.getByLabel('Set-up token').fill(process.env.PATCHGATE_E2E_SETUP_TOKEN ?? '');
  await page.getByLabel('Password', { exact: true }).fill('patchgate');
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/15 characters/);

  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.goto('/setup');
  await expect(page.getByRole('heading', { name: 'Patchgate is set up' })).toBeVisible();

  await leadsFromEmptyPages(page);

  await page.goto('/account/api-tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByLabel('Name').fill('browser tests');
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  writeToken(await page.getByRole('dialog').locator('code').first().innerText());
  await page.context().storageState({ path: storageStateFile });
});

base('secrets of every kind are stored, for the last test to look where they went', async ({ baseURL }) => {
  await plantCanaries(new Api(baseURL ?? '', readToken()), readToken());
});

/** Where there is nothing yet, every page says how to begin, and the ways lead somewhere. */
async function leadsFromEmptyPages(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await page.goto('/');
  const ways = main.getByRole('list', { name: 'Ways to begin' });
  await expect(ways.getByRole('heading')).toHaveText([
    'Enrol this machine, or another',
    'Add a host',
    'Start the demo',
  ]);
  await expect(ways.getByText('npm run demo', { exact: true })).toBeVisible();
  await expect(ways.getByRole('button', { name: 'Copy command that starts the demo' })).toBeEnabled();
  await ways.getByRole('link', { name: 'Enrol host' }).click();
  await expect(page.getByRole('dialog', { name: 'Enrol a host' })).toBeVisible();
  await page.goto('/');
  await ways.getByRole('link', { name: 'Add host' }).click();
  await expect(page.getByRole('dialog').getByLabel('Host name')).toBeVisible();

  await page.goto('/jobs');
  await main.getByRole('link', { name: 'Begin with a host' }).click();
  await expect(main.getByRole('heading', { level: 2, name: 'No hosts yet' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Enrol host' })).toBeVisible();
  await expect(main.getByText('npm run demo', { exact: true })).toBeVisible();
  await page.goto('/windows');
  await expect(main.getByRole('heading', { level: 2, name: 'No maintenance windows yet' })).toBeVisible();
  await page.goto('/agents');
  await expect(main.getByRole('heading', { level: 2, name: 'No agent is waiting' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Enrol your first host' })).toBeVisible();
}
