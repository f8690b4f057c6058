import { hostEndpoints } from '@patchgate/contracts';
import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique, uniqueAddress } from './names.js';

test('two people see what the other does, without a reload', async ({ api, pageOf }) => {
  const [arne, bert] = [unique('arne'), unique('bert')];
  await api.user(arne, 'admin', goodPassword);
  await api.user(bert, 'admin', goodPassword);
  const stem = unique('seen');
  const [arnes, berts] = [await pageOf(arne, goodPassword), await pageOf(bert, goodPassword)];
  await arnes.goto(`/hosts?q=${stem}`);
  await berts.goto(`/hosts?q=${stem}`);
  await expect(berts.getByRole('heading', { name: 'No host matches' })).toBeVisible();

  await arnes.getByRole('button', { name: 'Add host' }).click();
  const dialog = arnes.getByRole('dialog', { name: 'Add host' });
  await dialog.getByLabel('Host name').fill(`${stem}-one.example.org`);
  await dialog.getByLabel('Address').fill(uniqueAddress());
  await dialog.getByRole('button', { name: 'Add host' }).click();
  await expect(berts.getByRole('row', { name: `${stem}-one` })).toBeVisible();

  await berts.getByRole('link', { name: `${stem}-one` }).click();
  await berts.getByRole('button', { name: 'Edit' }).click();
  await berts.getByLabel('Host name').fill(`${stem}-two.example.org`);
  await berts.getByRole('button', { name: 'Save' }).click();
  await expect(arnes.getByRole('row', { name: `${stem}-two` })).toBeVisible();
  await expect(arnes.getByRole('row', { name: `${stem}-one` })).toHaveCount(0);
});

test('a person sees hosts come and go with the groups they are in', async ({ api, pageOf }) => {
  const name = unique('omar');
  const person = await api.user(name, 'operator', goodPassword);
  const group = await api.group(unique('scope'));
  const host = await api.host(`${unique('scoped')}.example.org`, uniqueAddress(), [group.id]);
  const page = await pageOf(name, goodPassword);
  await page.goto('/hosts');
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
  const row = page.getByRole('row', { name: host.fqdn.split('.')[0] ?? '' });
  await expect(row).toHaveCount(0);
  await api.join(group.id, person.id);
  await expect(row).toBeVisible();
  await api.call(hostEndpoints.remove, { params: { id: host.id } });
  await expect(row).toHaveCount(0);
});

test('a page that nobody sees gives its stream back, and is true again when it is seen', async ({
  page,
  api,
}) => {
  const stem = unique('hidden');
  await page.clock.install();
  await page.goto(`/hosts?q=${stem}`);
  await expect(page.getByRole('heading', { name: 'No host matches' })).toBeVisible();
  const see = (state: 'hidden' | 'visible'): Promise<unknown> =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
  await see('hidden');
  const isOver = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/events'));
  await page.clock.fastForward(10_000);
  await isOver;
  const host = await api.host(`${stem}.example.org`, uniqueAddress());
  await expect(page.getByRole('row', { name: stem })).toHaveCount(0);
  await see('visible');
  await expect(page.getByRole('row', { name: stem })).toBeVisible();
  await api.call(hostEndpoints.remove, { params: { id: host.id } });
});

test('a page that is opened asks once for what it shows', async ({ page, api }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) asked.push(pathname.slice('/api/v1/'.length));
  });
  await page.goto('/users');
  await expect(page.getByRole('row', { name: 'anna' })).toBeVisible();
  const hostsLink = page.getByRole('link', { name: /^Hosts/ }).first();
  const before = await hostsLink.innerText();
  await api.host(`${unique('asked')}.example.org`, uniqueAddress());
  // The event came through the stream, so its beginning is behind.
  await expect(hostsLink).not.toHaveText(before);
  expect(asked.filter((path) => path === 'events')).toHaveLength(1);
  expect(asked.filter((path) => path === 'users')).toHaveLength(1);
});
