import { AxeBuilder } from '@axe-core/playwright';
import { groupEndpoints, patchJobEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { fleetHost, windowTomorrow } from './fleet-hosts.js';
import { goodPassword, unique } from './names.js';
import { expect, test } from './patchgate.fixture.js';

const stepOf = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name, exact: false });
const orderButton = (page: Page) => page.getByRole('button', { name: /^(Schedule|Start) \d/ });
const next = (page: Page, name: string) => page.getByRole('link', { name: `Next: ${name}` }).click();

test('hosts picked in the list are ordered step by step, and the job stands in the list', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('erp'));
  await windowTomorrow(api, group.id);
  const [one, two] = [
    await fleetHost(api, { groupId: group.id }),
    await fleetHost(api, { groupId: group.id }),
  ];
  await page.goto(`/hosts?group=${group.id}`);
  await page.getByLabel(`Select ${one.fqdn}`).check();
  await page.getByLabel(`Select ${two.fqdn}`).check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('2 healthy');
  await bar.getByRole('link', { name: 'Deploy to 2 hosts' }).click();

  await expect(page.getByRole('region', { name: 'The chosen hosts' })).toContainText('2 healthy');
  await next(page, 'Packages');
  await expect(page.getByRole('radio', { name: 'Security only' })).toBeChecked();
  await page.getByText('Everything outstanding').click();
  await next(page, 'When');
  await expect(page.getByRole('region', { name: 'Windows of the chosen hosts' })).toContainText('2 hosts');
  await next(page, 'Roll-out');
  await page.getByLabel('Failures allowed').fill('1');
  await next(page, 'Review');

  await expect(
    page.getByRole('heading', { name: /^All 2 hosts can start, the first tomorrow at / }),
  ).toBeVisible();
  const name = unique('Tonight');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await expect(orderButton(page)).toHaveAttribute('aria-disabled', 'false');
  await orderButton(page).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
  // The address is there before the page, and the draft goes with the page.
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  const [job] = (await api.call(patchJobEndpoints.list, { query: { q: name } })).items;
  expect(job).toMatchObject({
    selection: 'all',
    schedule: 'window',
    hosts_total: 2,
    canary: 1,
    max_failures: 1,
  });
  await page.goto('/jobs');
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Queued');
  await page.goto('/deploy');
  await expect(stepOf(page, 'Hosts').locator('..')).toContainText('None chosen');
});

test('the review groups hosts by what will happen, the worst first, and asks for each risk', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('mixed'));
  await windowTomorrow(api, group.id);
  const inGroup = { groupId: group.id };
  const ready = await fleetHost(api, { ...inGroup, stem: 'ready' });
  const ill = await fleetHost(api, { ...inGroup, stem: 'ill', health: 'unhealthy' });
  const bare = await fleetHost(api, { ...inGroup, stem: 'bare', health: 'none' });
  const lost = await fleetHost(api, { ...inGroup, stem: 'lost', agent: 'not_enrolled' });
  const alone = await fleetHost(api, { stem: 'alone' });
  await page.goto(`/deploy?group=${group.id}`);
  await page
    .getByRole('searchbox', { name: 'Search hosts' })
    .or(page.getByLabel('Search hosts'))
    .fill(alone.fqdn);
  await page.getByLabel(`Choose ${alone.fqdn}`).check();
  const chosen = page.getByRole('region', { name: 'The chosen hosts' });
  await expect(chosen).toContainText('1 without a window');
  await expect(chosen).toContainText('1 unhealthy');
  await expect(chosen).toContainText('1 without checks');
  await expect(chosen).toContainText('1 whose agent cannot be used');
  await stepOf(page, 'Review').click();

  await expect(
    page.getByRole('heading', { name: /^3 of 5 hosts can start, the first tomorrow at / }),
  ).toBeVisible();
  const table = page.getByRole('table', { name: 'Hosts by what will happen' });
  await expect(table.getByRole('rowheader')).toHaveText([
    /^Will not start\s*2/,
    ...[lost, alone].map(({ fqdn }) => fqdn).sort(),
    /^Would wait at the gate\s*1/,
    ill.fqdn,
    /^Starts without a gate\s*1/,
    bare.fqdn,
    /^Ready\s*1/,
    ready.fqdn,
  ]);
  await expect(table.getByRole('link', { name: `Add window, ${alone.fqdn}` })).toHaveAttribute(
    'href',
    /^\/windows/,
  );
  await expect(table.getByRole('link', { name: `Open checks, ${ill.fqdn}` })).toHaveAttribute(
    'href',
    `/hosts/${ill.id}`,
  );
  await expect(table.getByRole('link', { name: `Add check, ${bare.fqdn}` })).toHaveAttribute(
    'href',
    /check=new/,
  );

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);

  const button = orderButton(page);
  await expect(button).toHaveText('Schedule 3 hosts');
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription('Accept that 1 host starts without a gate.');
  await button.press('Enter');
  await expect(page).toHaveURL(/step=review/);
  await page.getByLabel('1 host has no checks. Patch it without a gate.').check();
  await expect(button).toHaveAccessibleDescription('Confirm the 2 hosts that will not start.');
  await page.getByLabel('2 hosts will not start. Leave them out of this job.').check();
  await expect(button).toHaveAttribute('aria-disabled', 'false');
  await button.click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
  const { items } = await api.call(patchJobEndpoints.list, { query: { host: ready.id } });
  expect(items).toMatchObject([{ hosts_total: 3, groups: [{ id: group.id }] }]);
});

test('what changes meanwhile is shown without a reload, and is accepted anew', async ({ page, api }) => {
  const group = await api.group(unique('race'));
  await windowTomorrow(api, group.id);
  const [mine, theirs] = [
    await fleetHost(api, { groupId: group.id }),
    await fleetHost(api, { groupId: group.id }),
  ];
  await page.goto(`/deploy?group=${group.id}&step=review`);
  await expect(page.getByRole('heading', { name: /^All 2 hosts can start/ })).toBeVisible();
  await expect(orderButton(page)).toHaveAttribute('aria-disabled', 'false');

  const other = await api.call(patchJobEndpoints.create, {
    body: { host_ids: [theirs.id], selection: 'all', schedule: 'window' },
  });
  await expect(page.getByRole('heading', { name: /^1 of 2 hosts can start/ })).toBeVisible();
  await expect(page.getByRole('link', { name: `Open job ${other.number}, ${theirs.fqdn}` })).toBeVisible();
  await expect(orderButton(page)).toHaveAccessibleDescription('Confirm the 1 host that will not start.');
  await expect(page.getByRole('table')).toContainText(mine.fqdn);
});

test('a refusal of the server stands under the button, and what was chosen stays', async ({ page, api }) => {
  const group = await api.group(unique('late'));
  await windowTomorrow(api, group.id);
  await fleetHost(api, { groupId: group.id });
  await page.goto(`/deploy?group=${group.id}&step=review`);
  await expect(orderButton(page)).toHaveAttribute('aria-disabled', 'false');
  await page.route('**/api/v1/patch-jobs', async (route) => {
    // Between the click and the order the group is gone.
    await api.call(groupEndpoints.remove, { params: { id: group.id } });
    await route.continue();
  });
  await orderButton(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Request' })).toBeVisible();
  await expect(page).toHaveURL(/step=review/);
});

test('a draft outlives a reload and the way back, and another person has his own', async ({
  page,
  api,
  pageOf,
}) => {
  const group = await api.group(unique('draft'));
  await fleetHost(api, { groupId: group.id });
  await page.goto(`/deploy?group=${group.id}`);
  await next(page, 'Packages');
  await page.getByLabel('Leave out: name of a package').fill('linux-image-amd64');
  await page.getByRole('button', { name: 'Add “linux-image-amd64”' }).click();
  await next(page, 'When');
  await page.getByText('Now, with a deadline').click();
  await page.getByLabel('Deadline, in minutes').fill('90');
  await page.reload();
  await expect(page.getByLabel('Deadline, in minutes')).toHaveValue('90');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Remove linux-image-amd64' })).toBeVisible();
  await expect(stepOf(page, 'When').locator('..')).toContainText('Now, within 90 min');

  const operator = await api.user(unique('otto'), 'operator', goodPassword);
  const theirs = await pageOf(operator.username, goodPassword);
  await theirs.goto('/deploy');
  await expect(stepOf(theirs, 'Hosts').locator('..')).toContainText('None chosen');

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(stepOf(page, 'Hosts').locator('..')).toContainText('None chosen');
});

test('what is wrong stands at its field, at its step and under the button', async ({ page, api }) => {
  const group = await api.group(unique('wrong'));
  await windowTomorrow(api, group.id);
  await fleetHost(api, { groupId: group.id });
  await page.goto(`/deploy?group=${group.id}&step=roll-out`);
  const canary = page.getByLabel('Canary hosts');
  await canary.fill('many');
  await expect(canary).toHaveAccessibleDescription(/A whole number is needed\./);
  await canary.fill('3');
  await expect(canary).toHaveAccessibleDescription(/A canary of 3, and the order has 1 hosts/);
  await page.getByLabel('At once, at most').fill('0');
  await expect(page.getByLabel('At once, at most')).toHaveAccessibleDescription(/1 or more\./);
  await next(page, 'Review');
  await expect(page.getByRole('heading', { name: 'Roll-out needs a change' })).toBeVisible();
  await expect(orderButton(page)).toHaveAccessibleDescription('Roll-out: 1 or more.');
  await stepOf(page, 'Roll-out, needs a change').click();
  await page.getByLabel('At once, at most').fill('5');
  await canary.fill('1');
  await next(page, 'Review');
  await expect(orderButton(page)).toHaveAttribute('aria-disabled', 'false');
});

test('packages are chosen among what is outstanding on the chosen hosts', async ({ page, api }) => {
  const group = await api.group(unique('pending'));
  await windowTomorrow(api, group.id);
  const [ssl, shell] = [unique('openssl'), unique('bash')];
  await fleetHost(api, { groupId: group.id, packages: [{ name: ssl, security: true }] });
  await fleetHost(api, {
    groupId: group.id,
    packages: [
      { name: ssl, security: true },
      { name: shell, security: false },
    ],
  });
  await page.goto(`/deploy?group=${group.id}&step=packages`);
  await page.getByText('Chosen packages').click();
  const card = page.getByRole('region', { name: 'Chosen packages' });
  await expect(card.getByLabel('Chosen packages: name of a package')).toHaveAccessibleDescription(
    'Choose one package or more.',
  );
  await expect(card.getByRole('listitem')).toHaveText([`${ssl}2 hosts, security`, `${shell}1 host`]);
  await card.getByRole('checkbox', { name: ssl }).check();
  await page.getByRole('region', { name: 'Leave out' }).getByRole('checkbox', { name: shell }).check();
  await expect(page.getByRole('region', { name: 'Job', exact: true })).toContainText(
    `${ssl}, without 1, 1 kind`,
  );
});

test('a preview that fails says so and is tried again', async ({ page, api }) => {
  const group = await api.group(unique('cut'));
  await windowTomorrow(api, group.id);
  await fleetHost(api, { groupId: group.id });
  await page.route('**/api/v1/patch-jobs/preview', (route) => route.abort());
  await page.goto(`/deploy?group=${group.id}&step=review`);
  const alert = page.getByRole('alert').filter({ hasText: 'What this order would do' });
  await expect(alert).toBeVisible();
  await expect(orderButton(page)).toHaveAccessibleDescription(/could not be found out/);
  await page.unrouteAll();
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('heading', { name: /^This host can start/ })).toBeVisible();
});

test('the whole order can be made by the keyboard alone', async ({ page, api }) => {
  const group = await api.group(unique('keys'));
  await windowTomorrow(api, group.id);
  const host = await fleetHost(api, { groupId: group.id, health: 'none' });
  await page.goto(`/deploy?host=${host.id}`);
  for (const step of ['Packages', 'When', 'Roll-out', 'Review']) {
    await page.getByRole('link', { name: `Next: ${step}` }).focus();
    await page.keyboard.press('Enter');
    await expect(stepOf(page, step)).toHaveAttribute('aria-current', 'step');
  }
  await page.getByLabel('1 host has no checks.').focus();
  await page.keyboard.press('Space');
  await orderButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
});

test('a viewer is not offered to deploy, and is told why at the address', async ({ api, pageOf }) => {
  const viewer = await api.user(unique('vera'), 'viewer', goodPassword);
  const page = await pageOf(viewer.username, goodPassword);
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deploy' }),
  ).toHaveCount(0);
  await page.goto('/deploy');
  await expect(page.getByRole('heading', { level: 1, name: 'Deploying is for operators' })).toBeVisible();
});
