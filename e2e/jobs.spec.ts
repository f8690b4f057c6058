import { patchJobEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { fleetHost, windowTomorrow } from './fleet-hosts.js';
import { goodPassword, unique } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { layOutJob } from './seeded-jobs.js';

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('a job says where its hosts are, in words and not by colour alone', async ({ page, api }) => {
  const name = unique('roll-up');
  await layOutJob(api, name, ['succeeded', 'patch_failed', 'waiting', 'waiting', 'running'], {
    maxFailures: 2,
  });
  await page.goto(`/jobs?q=${name}`);
  const row = rowOf(page, name);
  await expect(row).toContainText('Running');
  await expect(row).toContainText('2 of 5');
  await expect(row).toContainText('1 at work, 2 at gate');
  await expect(row).toContainText('1 of 2');
  await expect(
    row.getByRole('img', { name: '1 succeeded, 1 failed, 1 being patched, 2 waiting for health' }),
  ).toBeVisible();
  await row.getByRole('link', { name }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
});

test('filters live in the address, and say when nothing fits', async ({ page, api }) => {
  const stem = unique('filtered');
  await layOutJob(api, `${stem} over`, ['succeeded', 'succeeded']);
  await layOutJob(api, `${stem} paused`, ['patch_failed', 'batch_wait'], { paused: 'budget_spent' });
  await page.goto('/jobs');
  await page.getByLabel('Search jobs').fill(stem);
  await expect(page.getByText('2 jobs with hosts that you see')).toBeVisible();
  await page.getByRole('radio', { name: /^Live/ }).check();
  await expect(page).toHaveURL(/show=live/);
  await expect(rowOf(page, `${stem} paused`)).toContainText('Paused');
  await expect(rowOf(page, `${stem} over`)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('radio', { name: /^Live/ })).toBeChecked();
  await expect(rowOf(page, `${stem} paused`)).toBeVisible();
  await page.getByLabel('Status').selectOption({ label: 'Succeeded' });
  await expect(page.getByRole('heading', { name: 'No job matches' })).toBeVisible();
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await expect(page).toHaveURL(/\/jobs$/);
});

test('a job that begins and ends is shown without a reload, and counted in the navigation', async ({
  page,
  api,
}) => {
  const group = await api.group(unique('live'));
  await windowTomorrow(api, group.id);
  await fleetHost(api, { groupId: group.id });
  const name = unique('live');
  await page.goto(`/jobs?q=${name}`);
  await expect(page.getByRole('heading', { name: 'No job matches' })).toBeVisible();
  const job = await api.call(patchJobEndpoints.create, {
    body: { name, group_ids: [group.id], selection: 'all', schedule: 'window' },
  });
  await expect(rowOf(page, name)).toContainText('Queued');
  await expect(rowOf(page, name)).toContainText('opens');
  const count = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Jobs/ });
  await expect(count).toContainText(/\d live/);
  await api.call(patchJobEndpoints.cancel, { params: { id: job.id }, body: {} });
  await expect(rowOf(page, name)).toContainText(/Cancelled|Skipped/);
});

test('who sees no job yet is told what one is, and offered to begin', async ({ api, pageOf }) => {
  const operator = await api.user(unique('olga'), 'operator', goodPassword);
  const page = await pageOf(operator.username, goodPassword);
  await page.goto('/jobs');
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Deploy patches' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Deploy patches' })).toBeVisible();
});
