import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique } from './names.js';

test('a password is changed only with the current one, and other sessions end', async ({ api, pageOf }) => {
  const name = unique('tove');
  await api.user(name, 'operator', goodPassword);
  const other = await pageOf(name, goodPassword);
  const page = await pageOf(name, goodPassword);
  await page.goto('/account');
  await page.getByLabel('Current password').fill('not my password at all');
  await page.getByLabel('New password').fill('eleven mossy bridges hum');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('New password')).toHaveValue('eleven mossy bridges hum');

  await page.getByLabel('Current password').fill(goodPassword);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);

  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an API token is shown once and works until it is revoked', async ({ api, pageOf, baseURL }) => {
  const name = unique('uma');
  await api.user(name, 'viewer', goodPassword);
  const page = await pageOf(name, goodPassword);
  await page.goto('/account/api-tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByLabel('Name').fill('nightly report');
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  const token = await page.getByRole('dialog').locator('code').first().innerText();
  const ask = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${baseURL ?? ''}/api/v1/hosts`, { headers })).status;
  };
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('row', { name: 'nightly report' })).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);

  await page.getByRole('button', { name: 'Revoke nightly report' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByRole('heading', { name: 'No API tokens' })).toBeVisible();
  expect(await ask()).toBe(401);
});
