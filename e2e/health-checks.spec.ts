import type { Locator, Page } from '@playwright/test';
import { healthCheckEndpoints } from '@patchgate/contracts';
import { goodPassword, unique, uniqueAddress } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { startWebTarget } from './web-target.js';

const anyHost = () => [`${unique('checked')}.example.org`, uniqueAddress()] as const;
const section = (page: Page): Locator => page.getByRole('region', { name: 'Health checks' });

test('a check is tried before it is saved, saved healthy, and red when its target stops', async ({
  page,
  api,
}) => {
  const target = await startWebTarget((_request, response) => response.end('all is ready here'));
  const host = await api.host(...anyHost());
  await page.goto(`/hosts/${host.id}`);
  await expect(section(page)).toContainText('They are the gate');
  await section(page).getByRole('button', { name: 'Add check' }).click();

  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByLabel('Name').fill('Shop answers');
  await dialog.getByLabel('URL').fill(target.url);
  await dialog.getByLabel('Expected in the body').fill('ready');
  await dialog.getByRole('button', { name: 'Test' }).click();
  const result = dialog.getByRole('region', { name: 'Test' });
  await expect(result.getByRole('status')).toContainText('Healthy');
  await expect(result.getByRole('list', { name: 'Phases' })).toContainText(
    /Connect.*ms.*First byte.*ms.*Body.*ms/,
  );
  await expect(result).toContainText('127.0.0.1');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog).toBeHidden();

  const row = section(page).getByRole('listitem').filter({ hasText: 'Shop answers' });
  await row.getByRole('button', { name: 'Test Shop answers' }).click();
  await expect(row.getByRole('region', { name: 'Test of Shop answers' })).toContainText('HTTP 200');
  await expect(row).toContainText(/Healthy for/);
  await expect(page.getByText('Healthy, 1 of 1 pass')).toBeVisible();

  await target.stop();
  await row.getByRole('button', { name: 'Test Shop answers' }).click();
  const outcome = row.getByRole('region', { name: 'Test of Shop answers' });
  await expect(outcome.getByRole('status')).toContainText('No connection could be made: connection refused.');
  await expect(outcome).toContainText('See whether the service runs');
  await expect(row).toContainText(/Unhealthy for/);
  await expect(page.getByText('Unhealthy, 1 of 1 fail')).toBeVisible();

  await target.start();
  await row.getByRole('button', { name: 'Test Shop answers' }).click();
  await expect(page.getByText('Healthy, 1 of 1 pass')).toBeVisible();
  await target.stop();
});

test('what is wrong stands at its field, also when it is only tested', async ({ page, api }) => {
  const host = await api.host(...anyHost());
  await page.goto(`/hosts/${host.id}?check=new`);
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByLabel('URL').fill('shop.example.org/health');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByLabel('URL')).toBeFocused();
  await expect(dialog.getByLabel('URL')).toHaveAccessibleDescription(/absolute URL/);
  await expect(dialog.getByLabel('Expected in the body')).toHaveAccessibleDescription(/This is needed/);

  await dialog.getByLabel('URL').fill('http://169.254.169.254/latest');
  await dialog.getByLabel('Expected in the body').fill('x');
  await dialog.getByLabel('Name').fill('Metadata');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog.getByLabel('URL')).toHaveAccessibleDescription(/may not connect to 169.254.169.254/);

  await dialog.getByRole('radio', { name: 'FastCGI' }).check({ force: true });
  await expect(dialog.getByLabel('Name')).toHaveValue('Metadata');
  await expect(dialog.getByLabel('Host or address')).toHaveValue(host.address);
  await expect(dialog.getByLabel('Port')).toHaveValue('9000');
  await expect(dialog.getByLabel('Path')).toHaveValue('/fpm-ping');
  await expect(dialog.getByLabel('Expected answer')).toHaveValue('pong');
});

test('a test shows how far it is and can be called off', async ({ page, api }) => {
  const target = await startWebTarget(() => undefined);
  const host = await api.host(...anyHost());
  await page.goto(`/hosts/${host.id}?check=new`);
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByLabel('URL').fill(target.url);
  await dialog.getByLabel('Expected in the body').fill('ready');
  await dialog.getByRole('button', { name: 'Test' }).click();
  const progress = dialog.getByRole('progressbar', { name: 'Time used by the test' });
  await expect(progress).toHaveAttribute('aria-valuenow', '1');
  await dialog.getByRole('button', { name: 'Cancel the test' }).click();
  await expect(progress).toBeHidden();
  await expect(dialog).toContainText('The test was cancelled.');
  await target.stop();
});

test('a stored password is kept, changed and cleared without being seen', async ({ page, api }) => {
  const target = await startWebTarget((request, response) => {
    const [, sent = ''] = (request.headers.authorization ?? '').split(' ');
    response.end(
      `seen ${Buffer.from(sent, 'base64').toString().replace('secret', 'the first').replace('other', 'the second')}`,
    );
  });
  const host = await api.host(...anyHost());
  await page.goto(`/hosts/${host.id}?check=new`);
  let dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByLabel('Name').fill('Private page');
  await dialog.getByLabel('URL').fill(target.url);
  await dialog.getByLabel('Expected in the body').fill('seen monitor:the first');
  await dialog.getByLabel('User, optional').fill('monitor');
  await expect(dialog).toContainText('travel as plain text');
  await dialog.getByLabel('Password, optional').fill('secret');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('region', { name: 'Test' })).toContainText('Healthy');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Edit Private page' }).click();
  dialog = page.getByRole('dialog', { name: 'Edit Private page' });
  const password = dialog.getByRole('group', { name: 'Password' });
  await expect(password).toContainText('Set');
  expect(await dialog.innerHTML()).not.toContain('secret');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('region', { name: 'Test' })).toContainText('Healthy');

  await dialog.getByLabel('URL').fill('https://other.example.org/health');
  await expect(dialog).toContainText('Saving this address clears it');
  await expect(dialog).toContainText('certificate errors ignored');
  await dialog.getByLabel('Ignore certificate errors').uncheck();
  await expect(dialog).not.toContainText('certificate errors ignored');
  await dialog.getByLabel('URL').fill(target.url);

  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog.getByLabel('New password')).toBeFocused();
  await dialog.getByLabel('New password').fill('other');
  await dialog.getByLabel('Expected in the body').fill('seen monitor:the second');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Test Private page' }).click();
  await expect(page.getByRole('region', { name: 'Test of Private page' })).toContainText('HTTP 200');

  await page.getByRole('button', { name: 'Edit Private page' }).click();
  await dialog.getByRole('button', { name: 'Clear the password' }).click();
  await expect(password).toContainText('Cleared when saved');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Edit Private page' }).click();
  await expect(dialog.getByLabel('Password, optional')).toHaveValue('');
  await target.stop();
});

test('five checks are the most, and one is disabled and another deleted by name', async ({ page, api }) => {
  const host = await api.host(...anyHost());
  for (const number of [1, 2, 3, 4]) await addTcpCheck(number);
  await page.goto(`/hosts/${host.id}`);
  const add = section(page).getByRole('button', { name: 'Add check' });
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByRole('radio', { name: 'TCP' }).check({ force: true });
  await dialog.getByLabel('Name').fill('Port 5');
  await dialog.getByLabel('Port', { exact: true }).fill('5');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(section(page)).toContainText('5 of 5 used');
  await expect(dialog).toBeHidden();
  await expect(add).toBeFocused();
  await add.blur();
  await add.focus();
  await expect(page.getByRole('tooltip')).toContainText('at most 5 checks');
  await page.keyboard.press('Enter');
  await add.click({ force: true });
  // Behind a dialog the next click would reach nothing.
  await page.getByRole('button', { name: 'More for Port 2' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page
    .getByRole('dialog', { name: 'Disable Port 2?' })
    .getByRole('button', { name: 'Disable check' })
    .click();
  await expect(section(page)).toContainText('5 of 5 used, 1 disabled');
  await expect(section(page).getByRole('listitem').filter({ hasText: 'Port 2' })).toContainText(
    'neither polled',
  );

  await page.getByRole('button', { name: 'More for Port 4' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page
    .getByRole('dialog', { name: 'Delete Port 4?' })
    .getByRole('button', { name: 'Delete check' })
    .click();
  await expect(page.getByText('Port 4 deleted.')).toBeVisible();
  await expect(section(page)).toContainText('4 of 5 used');

  async function addTcpCheck(number: number): Promise<void> {
    await api.call(healthCheckEndpoints.create, {
      params: { id: host.id },
      body: { check_type: 'tcp', name: `Port ${number}`, target_host: host.address, target_port: number },
    });
  }
});

test('checks are copied to hosts with room, and the list of hosts names each on focus', async ({
  page,
  api,
}) => {
  const stem = unique('copy');
  const [from, to] = [
    await api.host(`${stem}-a.example.org`, uniqueAddress()),
    await api.host(`${stem}-b.example.org`, uniqueAddress()),
  ];
  await api.call(healthCheckEndpoints.create, {
    params: { id: from.id },
    body: { check_type: 'tcp', name: 'Database port', target_host: from.address, target_port: 5432 },
  });
  await page.goto(`/hosts/${from.id}`);
  await section(page).getByRole('button', { name: 'Copy to hosts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy 1 check to other hosts' });
  await dialog.getByRole('button', { name: 'Copy checks' }).click();
  await expect(dialog.getByLabel('Hosts')).toHaveAccessibleDescription(/Choose one host/);
  await dialog.getByLabel('Hosts').fill(stem);
  await dialog.getByLabel(to.fqdn).check();
  await expect(dialog.getByLabel(from.fqdn)).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Copy to 1 host' }).click();
  await expect(page.getByText('1 check copied to 1 host.')).toBeVisible();

  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/health-checks')) asked.push(request.url());
  });
  await page.goto(`/hosts?q=${stem}&sort=fqdn`);
  const health = page.getByRole('row', { name: `${stem}-b` }).getByRole('link', { name: /Unknown, 1 of 1/ });
  await expect(health).toBeVisible();
  expect(asked).toEqual([]);
  await health.focus();
  await expect(page.getByRole('tooltip')).toContainText(/Database port.*unknown/);
  // Of this host alone; again if a poll has just changed what it says.
  expect(new Set(asked).size).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});

test('a viewer sees the checks and cannot change them', async ({ api, pageOf }) => {
  const name = unique('vera');
  const group = await api.group(unique('watch'));
  await api.join(group.id, (await api.user(name, 'viewer', goodPassword)).id);
  const host = await api.host(...anyHost(), [group.id]);
  await api.call(healthCheckEndpoints.create, {
    params: { id: host.id },
    body: { check_type: 'service', name: 'nginx runs', service_name: 'nginx' },
  });
  const page = await pageOf(name, goodPassword);
  await page.goto(`/hosts/${host.id}?check=new`);
  await expect(section(page)).toContainText('nginx runs');
  await expect(section(page).getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
