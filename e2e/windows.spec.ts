import { groupEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { goodPassword, unique, uniqueAddress } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { layOutJob } from './seeded-jobs.js';

test.use({ timezoneId: 'Europe/Berlin' });

const dialogOf = (page: Page) => page.getByRole('dialog');
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function chooseZone(page: Page, zone: string): Promise<void> {
  await dialogOf(page).getByRole('combobox', { name: 'Time zone' }).fill(zone);
  await page.getByRole('option', { name: zone }).click();
}

test('a window is written, previewed over a change of the clocks, shown, changed and deleted', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('night-shift'));
  await api.host(`${unique('patched')}.example.org`, uniqueAddress(), [group.id]);
  const name = unique('nightly');
  await page.goto(`/windows?group=${group.id}`);
  await expect(page.getByRole('heading', { name: 'No window matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Add window' }).first().click();

  const dialog = dialogOf(page);
  await dialog.getByLabel('Open for').fill('soon');
  await dialog.getByRole('button', { name: 'Add window' }).click();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription('This is needed.');
  await expect(dialog.getByLabel('Open for')).toHaveAccessibleDescription(/Expected a length such as 90 min/);

  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('First day it may open').fill('2199-03-30');
  await dialog.getByLabel('Starts', { exact: true }).fill('01:30');
  await dialog.getByLabel('Open for').fill('90 min');
  await chooseZone(page, 'Europe/London');
  const changeDay = dialog.getByRole('row', { name: /^Sun 31 Mar/ });
  await expect(changeDay).toContainText('02:00');
  await expect(changeDay).toContainText('03:00');
  await expect(changeDay).toContainText('DST');
  await expect(dialog.getByText('01:30 does not exist in London')).toBeVisible();
  await dialog.getByLabel('Group', { exact: true }).selectOption({ label: group.name });
  await dialog.getByRole('button', { name: 'Add window' }).click();
  await expect(page.getByText(`${name} added.`)).toBeVisible();

  await page.goto(`/windows?group=${group.id}&day=2199-03-31&zone=Europe/London`);
  const day = page.getByRole('region', { name: 'Windows of the day' });
  await expect(day.getByText('02:00 to 03:30').first()).toBeVisible();
  await expect(page.getByText('clocks go forward on Sun 31 Mar')).toBeVisible();
  await day.getByRole('button', { name }).click();
  await expect(dialog.getByText(`${group.name}, 1 host`)).toBeVisible();
  await dialog.getByLabel('Repeats').selectOption('On a day of each month');
  await dialog.getByLabel('Day of the month').fill('31');
  await expect(dialog.getByText(/no such day: April 2199, June 2199/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${name} saved.`)).toBeVisible();

  await page.getByText('List', { exact: true }).click();
  await expect(rowOf(page, name)).toContainText('Day 31 of each month, 01:30, 1 h 30 min');
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(rowOf(page, name)).toContainText('Disabled');
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(dialog).toContainText(`1 host of ${group.name} can no longer be patched`);
  await dialog.getByRole('button', { name: 'Delete window' }).click();
  await expect(page.getByText(`${name} deleted.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No window matches' })).toBeVisible();
});

test('a window that is open shows its job, and when the gate was tried', async ({ page, api }) => {
  const job = await layOutJob(api, unique('night job'), ['waiting'], { schedule: 'window' });
  const name = unique('open');
  const starts_at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16);
  await api.window({
    ...{ name, host_id: job.runs[0]?.hostId ?? '', starts_at, time_zone: 'UTC' },
    ...{ duration_minutes: 120, recurrence: { freq: 'once' } },
  });
  await page.goto(`/windows?q=${name}`);
  const day = page.getByRole('region', { name: 'Windows of the day' });
  await expect(day).toContainText(/gate tried from \d\d:\d\d to \d\d:\d\d/);
  await day.getByRole('link', { name: `job ${job.number}` }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${job.id}`));
});

test('what only the server knows is said at its field', async ({ page, api }) => {
  const group = await api.group(unique('gone'));
  await page.goto('/windows?dialog=maintenance');
  const dialog = dialogOf(page);
  await dialog.getByLabel('Name').fill(unique('late'));
  await dialog.getByLabel('Group', { exact: true }).selectOption({ label: group.name });
  await page.route('**/api/v1/maintenance-windows', async (route) => {
    // The group is deleted while the dialog is open.
    await api.call(groupEndpoints.remove, { params: { id: group.id } });
    await route.continue();
  });
  await dialog.getByRole('button', { name: 'Add window' }).click();
  await expect(dialog.getByLabel('Group', { exact: true })).toHaveAccessibleDescription(
    'There is no such group.',
  );
});

test('a host shows all that counts for it, and a change elsewhere without a reload', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('crew'));
  const host = await api.host(`${unique('host')}.example.org`, uniqueAddress(), [group.id]);
  await page.goto(`/hosts/${host.id}`);
  const card = page.getByRole('region', { name: 'Windows' });
  await expect(card).toContainText('In no window');
  const name = unique('all-day');
  await api.window({ name, group_id: group.id, duration_minutes: 1440 });
  await expect(card).toContainText(name);
  await expect(card).toContainText('Open');
  await api.window({ name: unique('freeze'), host_id: host.id, kind: 'blackout', duration_minutes: 1440 });
  await expect(card).toContainText('Blackout');
});

test('an operator sees the windows of his group and can change none', async ({ pageOf, api }) => {
  const [own, foreign] = [await api.group(unique('own')), await api.group(unique('foreign'))];
  const [mine, theirs] = [unique('mine'), unique('theirs')];
  await api.window({ name: mine, group_id: own.id, duration_minutes: 1440 });
  await api.window({ name: theirs, group_id: foreign.id, duration_minutes: 1440 });
  const person = await api.user(unique('olga'), 'operator', goodPassword);
  await api.join(own.id, person.id);
  const page = await pageOf(person.username, goodPassword);
  await page.getByRole('link', { name: 'Windows' }).click();
  await expect(page.getByRole('region', { name: 'Windows of the day' })).toContainText(mine);
  await expect(page.getByText(theirs)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Add/ })).toHaveCount(0);
  await page.goto('/windows?view=list');
  await expect(rowOf(page, mine)).toContainText('Open');
  await expect(page.getByRole('button', { name: `More for ${mine}` })).toHaveCount(0);
});
