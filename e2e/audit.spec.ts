import { readFile } from 'node:fs/promises';
import { expect, test } from './patchgate.fixture.js';
import { unique, uniqueAddress } from './names.js';

test('what was done is found, opened and exported', async ({ page, api }) => {
  const fqdn = `${unique('traced')}.example.org`;
  await api.host(fqdn, uniqueAddress());
  await page.goto('/audit');
  await page.getByLabel('Search the audit log').fill(fqdn);
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Host created' }).click();
  await expect(page.getByRole('dialog', { name: 'Host created' })).toContainText(fqdn);
  await page.getByRole('button', { name: 'Close' }).click();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await (await downloading).path();
  const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(fqdn);
});

test('the chain of the log is verified on request', async ({ page }) => {
  await page.goto('/audit');
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The chain is whole')).toBeVisible();
});

test('the entries about one host are one click away from it', async ({ page, api }) => {
  const host = await api.host(`${unique('linked')}.example.org`, uniqueAddress());
  await page.goto(`/hosts/${host.id}`);
  await page.getByRole('main').getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByText('One object only')).toBeVisible();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
});
