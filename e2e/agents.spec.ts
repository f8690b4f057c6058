import { readFile } from 'node:fs/promises';
import { enrollmentEndpoints, hostEndpoints } from '@patchgate/contracts';
import { unique, uniqueAddress } from './names.js';
import { expect, test } from './patchgate.fixture.js';

const nameOf = (stem: string): string => `${unique(stem)}.example.org`;

test('a host is enrolled: a command is made, its agent asks, appears by itself and is approved', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('web'));
  const fqdn = nameOf('enrolled');
  await page.goto('/agents');
  await page
    .getByRole('link', { name: /Enrol/ })
    .or(page.getByRole('button', { name: 'Enrol host' }))
    .first()
    .click();
  await page.getByRole('dialog').getByLabel('Group, optional').selectOption(group.name);
  await page.getByRole('button', { name: 'Create command' }).click();
  const command = await page.getByRole('dialog').locator('code').first().innerText();
  const [token = ''] = /pge_[\w-]{43}\.[\w-]{43}/.exec(command) ?? [];
  await expect(page.getByRole('dialog')).toContainText('30 minutes');
  await page.getByRole('button', { name: 'I have copied it' }).click();

  const request = page.getByRole('region', { name: fqdn });
  await expect(request).toHaveCount(0);
  const machine = { machine_id: '0123456789abcdef'.repeat(2), ip_address: uniqueAddress() };
  const { polling_token } = await api.call(enrollmentEndpoints.request, {
    body: { ...machine, fqdn, token },
  });
  await expect(request).toContainText(`With a token of anna for ${group.name}`);
  await expect(request).toContainText(machine.ip_address);
  await expect(request).toContainText('127.0.0.1, not its own address');

  await request.getByRole('button', { name: `Approve ${fqdn}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: group.name })).toBeChecked();
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(`${fqdn} is a host now.`)).toBeVisible();
  await expect(request).toHaveCount(0);
  const params = { polling_token };
  expect(await api.call(enrollmentEndpoints.status, { params })).toMatchObject({ status: 'approved' });

  await page.getByRole('link', { name: 'Certificates' }).click();
  const row = page.getByRole('row', { name: fqdn });
  await expect(row).toContainText('Valid');
  await row.getByRole('link', { name: fqdn }).click();
  await expect(page.getByRole('heading', { level: 1, name: fqdn.split('.')[0] ?? '' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(group.name);
});

test('a request is denied after a question, and its agent reads so', async ({ page, api }) => {
  const fqdn = nameOf('denied');
  const polling_token = await api.enrol({ fqdn });
  await page.goto('/agents');
  await page.getByRole('button', { name: `Deny ${fqdn}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deny request' }).click();
  await expect(page.getByText(`${fqdn} was denied.`)).toBeVisible();
  await expect(page.getByRole('region', { name: fqdn })).toHaveCount(0);
  expect(await api.call(enrollmentEndpoints.status, { params: { polling_token } })).toEqual({
    status: 'denied',
  });
});

test('what collides is told, and links to the host', async ({ page, api }) => {
  const fqdn = nameOf('taken');
  await api.enrol({ fqdn });
  const host = await api.host(fqdn, uniqueAddress());
  await page.goto('/agents');
  const request = page.getByRole('region', { name: fqdn });
  await expect(request).toContainText('has the same name. It cannot be approved while that host is there.');
  await request.getByRole('button', { name: `Approve ${fqdn}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(`here is a host ${fqdn} already`);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await request.getByRole('link', { name: fqdn }).click();
  await expect(page).toHaveURL(new RegExp(host.id));
  await api.call(hostEndpoints.remove, { params: { id: host.id } });
});

test('a token is listed until it is revoked', async ({ page, api }) => {
  const group = await api.group(unique('revoked'));
  await page.goto('/agents/tokens?dialog=enrol');
  await page.getByRole('dialog').getByLabel('Group, optional').selectOption(group.name);
  await page.getByRole('button', { name: 'Create command' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row').filter({ hasText: group.name });
  await expect(row).toContainText('anna');
  await row.getByRole('button', { name: 'Revoke the token of anna' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
  await expect(row).toHaveCount(0);
});

test('a bundle for the public agent is downloaded once, and its certificate is revoked', async ({
  page,
  api,
}) => {
  const host = await api.host(nameOf('by-hand'), uniqueAddress());
  await page.goto('/agents/certificates');
  await page.getByRole('button', { name: 'Bundle for linux_patch_api' }).click();
  await page.getByRole('combobox', { name: 'Host' }).fill(host.fqdn);
  await page.getByRole('option', { name: host.fqdn }).click();
  await page.getByRole('button', { name: 'Make bundle' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe(`${host.fqdn}-certs.tar`);
  const archive = await readFile(await (await download).path(), 'latin1');
  for (const file of ['ca.pem', 'server.pem', 'server.key.pem', 'crl.pem'])
    expect(archive).toContain(`certs/${file}`);
  expect(archive).toContain('-----BEGIN PRIVATE KEY-----');
  await page.getByRole('button', { name: 'Close' }).click();

  const row = page.getByRole('row', { name: host.fqdn });
  await row.getByRole('button', { name: `Revoke the certificate of ${host.fqdn}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke certificate' }).click();
  await expect(row).toHaveCount(0);
});
