import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique } from './names.js';

test('a person is created, gets another role, is disabled and deleted', async ({ page }) => {
  const name = unique('petra');
  await page.goto('/users');
  await page.getByRole('button', { name: 'Create user' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create user' });
  await dialog.getByLabel('Name', { exact: true }).fill('Petra Novak');
  await dialog.getByLabel('User name').fill(name);
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByLabel('First password').fill('too short');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(dialog.getByLabel('First password')).toHaveAccessibleDescription(/15 characters/);
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Petra Novak');
  await dialog.getByLabel('First password').fill(goodPassword);
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByText(`${name} can sign in now.`)).toBeVisible();

  await page.getByLabel('Search users').fill(name);
  const row = page.getByRole('row', { name });
  await expect(row).toContainText('Viewer');
  // The list as it was before the search holds the same row, and its menu goes with it.
  await expect(page.getByRole('row', { name: 'anna' })).toBeHidden();
  const act = async (entry: string): Promise<void> => {
    await row.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await act('Edit name and role');
  await page.getByRole('dialog').getByLabel('Role').selectOption('operator');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Operator');
  await act('Disable');
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('Disabled');
  await act('Delete');
  await page.getByRole('button', { name: 'Delete user' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible();
});

test('a reset password lets the person in and the old one does not', async ({
  page,
  api,
  pageOf,
  baseURL,
}) => {
  const name = unique('ruth');
  const newPassword = 'eleven mossy bridges hum';
  await api.user(name, 'viewer', goodPassword);
  await page.goto(`/users?q=${name}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Reset password' }).click();
  await page.getByLabel('New password').fill(newPassword);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText(`${name} has a new password.`)).toBeVisible();
  await pageOf(name, newPassword);
  const old = await fetch(`${baseURL ?? ''}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-patchgate-request': '1' },
    body: JSON.stringify({ username: name, password: goodPassword }),
  });
  expect(old.status).toBe(401);
});

test('nobody is offered to lock themselves out', async ({ page }) => {
  await page.goto('/users?q=anna');
  await page.getByRole('button', { name: 'Actions for anna' }).click();
  await expect(page.getByRole('menuitem', { name: 'Change your password' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Disable' })).toHaveCount(0);
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
});
