import { expect, test } from './patchgate.fixture.js';
import { unique, uniqueAddress } from './names.js';

test('a host is added, and each refusal stands at its field', async ({ page, api }) => {
  const taken = `${unique('taken')}.example.org`;
  await api.host(taken, uniqueAddress());
  const name = `${unique('fresh')}.example.org`;
  await page.goto('/hosts');
  await page.getByRole('button', { name: 'Add host' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add host' });
  await dialog.getByLabel('Host name').fill(taken);
  await dialog.getByLabel('Address').fill('10.20.4');
  await dialog.getByLabel('Agent port').fill('70000');
  await dialog.getByRole('button', { name: 'Add host' }).click();
  await expect(dialog.getByLabel('Address')).toBeFocused();
  await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/IPv4 or IPv6/);
  await expect(dialog.getByLabel('Agent port')).toHaveAccessibleDescription(/65535 or less/);

  await dialog.getByLabel('Address').fill(uniqueAddress());
  await dialog.getByLabel('Agent port').fill('12443');
  await dialog.getByRole('button', { name: 'Add host' }).click();
  await expect(dialog.getByLabel('Host name')).toBeFocused();
  await expect(dialog.getByLabel('Host name')).toHaveAccessibleDescription(/already/);
  await expect(dialog.getByLabel('Host name')).toHaveValue(taken);

  await dialog.getByLabel('Host name').fill(name);
  await dialog.getByRole('button', { name: 'Add host' }).click();
  await expect(page.getByText(`${name} added.`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await page.getByLabel('Search hosts').fill(name);
  const row = page.getByRole('row', { name });
  await expect(row).toContainText('No checks');
  await expect(row).toContainText('Not enrolled');
});

test('filters live in the address, and going back brings them back', async ({ page, api }) => {
  const group = await api.group(unique('filter'));
  const name = `${unique('filtered')}.example.org`;
  await api.host(name, uniqueAddress(), [group.id]);
  await api.host(`${unique('other')}.example.org`, uniqueAddress());
  await page.goto(`/hosts?group=${group.id}`);
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Group', { exact: true })).toHaveValue(group.id);

  await page.getByRole('radio', { name: /Unhealthy/ }).check({ force: true });
  await expect(page.getByRole('heading', { name: 'No host matches' })).toBeVisible();
  await expect(page).toHaveURL(/health=unhealthy/);
  await page.getByRole('radio', { name: /No checks/ }).check({ force: true });
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name.split('.')[0] ?? '');
  await page.goBack();
  await expect(page.getByRole('radio', { name: /No checks/ })).toBeChecked();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
});

test('a host is changed and deleted', async ({ page, api }) => {
  const host = await api.host(`${unique('old')}.example.org`, uniqueAddress());
  const name = `${unique('new')}.example.org`;
  await page.goto(`/hosts/${host.id}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Host name').fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${name} saved.`)).toBeVisible();
  await expect(page.getByText('Host changed')).toBeVisible();

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete host' }).click();
  await expect(page).toHaveURL(/\/hosts$/);
  await expect(page.getByText(`${name} deleted.`)).toBeVisible();
  await page.goto(`/hosts/${host.id}`);
  await expect(page.getByRole('heading', { name: 'There is no such host' })).toBeVisible();
});

test('selected hosts are put into a group together', async ({ page, api }) => {
  const group = await api.group(unique('bulk'));
  const stem = unique('many');
  for (const index of [1, 2, 3]) await api.host(`${stem}-${index}.example.org`, uniqueAddress());
  await page.goto(`/hosts?q=${stem}`);
  await page.getByLabel(`Select ${stem}-1.example.org`).check();
  await page.getByLabel(`Select ${stem}-3.example.org`).check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('2 selected');
  await expect(bar).toContainText('2 no checks');
  await bar.getByRole('button', { name: 'Add to group' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add to group' }).click();
  await expect(dialog.getByLabel('Group')).toBeFocused();
  await dialog.getByLabel('Group').selectOption({ label: group.name });
  await dialog.getByRole('button', { name: 'Add to group' }).click();
  await expect(page.getByText('2 hosts added to the group.')).toBeVisible();
  await expect(bar).toBeHidden();
  await page.goto(`/hosts?group=${group.id}`);
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible();
});

test('a long list is one scroll: pages are fetched as they are needed and the total is right', async ({
  page,
  api,
}) => {
  test.slow();
  const stem = unique('long');
  const group = await api.group(stem);
  for (let index = 0; index < 430; index += 1) {
    await api.host(`${stem}-${String(index).padStart(3, '0')}.example.org`, uniqueAddress(), [group.id]);
  }
  await page.goto(`/hosts?group=${group.id}&sort=fqdn`);
  await expect(page.getByText(/Rows 1 to \d+ of 430/)).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  const last = page.getByRole('link', { name: `${stem}-429` });
  const table = page.getByRole('table', { name: 'Hosts' });
  await table.hover();
  await expect(async () => {
    await page.mouse.wheel(0, 4000);
    await expect(last).toBeVisible({ timeout: 200 });
  }).toPass();
  await expect(page.getByText(/to 430 of 430/)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Host', exact: true })).toBeInViewport();
});
