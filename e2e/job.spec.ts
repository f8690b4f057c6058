import { patchJobEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { goodPassword, unique } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { layOutJob } from './seeded-jobs.js';

const board = (page: Page) => page.getByRole('grid', { name: /^Hosts by batch/ });
const rows = (page: Page) => page.getByRole('table', { name: 'Hosts of this job' }).getByRole('row');

test('a roll-out is told in figures, as a picture and as a list of reasons', async ({ page, api }) => {
  const job = await layOutJob(
    api,
    unique('roll-up'),
    ['succeeded', 'waiting', 'patch_failed', 'running', 'batch_wait', 'batch_wait'],
    // As many slots as hosts at work: nothing starts while this test looks.
    { canary: 1, batchSize: 3, maxInFlight: 1, maxFailures: 3 },
  );
  await page.goto(`/jobs/${job.id}`);
  const figure = (name: string) => page.locator('dl > div').filter({ hasText: name });
  await expect(figure('Patched')).toContainText('1 of 6');
  await expect(figure('In progress')).toContainText('1 of 1 at once');
  await expect(figure('Failures')).toContainText('1 of 3 allowed');
  await expect(figure('Deadline in')).toContainText(/\d:\d\d/);
  await expect(board(page).getByRole('row')).toHaveText([/^Canary/, /^Batch 1/, /^Batch 2/]);
  await expect(board(page).getByRole('row', { name: /^Batch 1/ })).toContainText('1 waiting for health');
  await expect(
    page.getByRole('img', { name: /^6 hosts by state: Succeeded 1, In progress 1, Waiting for health 1/ }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /Waits for its turn/ })).toContainText('2');
  await expect(page.getByRole('link', { name: /Patch failed/ })).toContainText(
    `${job.hosts[2] ?? ''}: E: Sub`,
  );
});

test('the picture is one tab stop, walked by arrow keys, and Enter opens the run', async ({ page, api }) => {
  const job = await layOutJob(api, unique('keys'), ['succeeded', 'waiting', 'regressed', 'not_verified'], {
    canary: 1,
    batchSize: 2,
    maxFailures: 3,
  });
  await page.goto(`/jobs/${job.id}`);
  await expect(board(page).locator('[tabindex="0"]')).toHaveCount(1);
  await board(page).locator('[tabindex="0"]').focus();
  const focused = page.locator(':focus');
  await expect(focused).toHaveAccessibleName(new RegExp(`^${job.hosts[0] ?? ''}.*: Succeeded$`));
  await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveAccessibleName(new RegExp(`^${job.hosts[1] ?? ''}.*: Waiting for health$`));
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAccessibleName(new RegExp(`^${job.hosts[2] ?? ''}.*: Failed$`));
  await expect(page.getByText(`${job.hosts[2] ?? ''}.example.org Failed`)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await expect(focused).toHaveAccessibleName(/: Succeeded$/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`run=${job.runs[2]?.id ?? ''}`));
  const panel = page.getByRole('complementary', { name: `Run of ${job.hosts[2] ?? ''}` });
  await expect(panel.getByText('Failed: health did not return')).toBeVisible();
  await expect(panel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(focused).toHaveAccessibleName(/: Failed$/);
  await page.keyboard.press('Tab');
  await expect(board(page).locator(':focus')).toHaveCount(0);
});

test('states and reasons filter the table, in an address that can be shared', async ({ page, api }) => {
  const job = await layOutJob(
    api,
    unique('filters'),
    ['succeeded', 'running', 'verifying', 'waiting', 'check_error', 'patch_failed'],
    { maxFailures: 3 },
  );
  await page.goto(`/jobs/${job.id}`);
  await expect(rows(page)).toHaveCount(7);
  const states = page.getByRole('group', { name: 'Filter the hosts by state' });
  await states.getByRole('button', { name: 'In progress 2' }).click();
  await expect(page).toHaveURL(/status=in_progress/);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(2)).toContainText('Verifying');
  await page.reload();
  await expect(states.getByRole('button', { name: 'In progress 2' })).toHaveAttribute('aria-pressed', 'true');
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('link', { name: /Could not ask a check/ }).click();
  await expect(page).toHaveURL(/reason=check_error$/);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('the agent cannot be reached');
  await expect(rows(page).nth(1).getByRole('img', { name: '1 attempt: could not ask' })).toBeVisible();
  await expect(rows(page).nth(1)).toContainText('1 of 2');
  await expect(rows(page).nth(1)).toContainText(/\d:\d\d/);
  await page.getByRole('button', { name: 'Remove this filter' }).click();
  await expect(rows(page)).toHaveCount(7);
  await page.getByLabel('Find a host of this job').fill('no-such-host');
  await expect(page.getByText('No host of this job fits.')).toBeVisible();
});

test('a paused job says why first, and what resuming it accepts', async ({ page, api }) => {
  const job = await layOutJob(api, unique('paused'), ['succeeded', 'patch_failed', 'queued'], {
    paused: 'budget_spent',
  });
  await page.goto(`/jobs/${job.id}`);
  const why = page.getByRole('region', { name: 'Why the job is paused' });
  await expect(why).toContainText('1 host failed, and 0 may.');
  await why.getByRole('link', { name: 'Show the failed runs' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Resume' }).click();
  const dialog = page.getByRole('dialog', { name: 'Resume this job?' });
  await expect(dialog).toContainText('You accept 1 failure so far');
  await dialog.getByRole('button', { name: 'Resume job' }).click();
  await expect(why).toBeHidden();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('a pause of another person, and the end of a job, are seen without a reload', async ({ page, api }) => {
  const job = await layOutJob(api, unique('live'), ['succeeded', 'waiting', 'waiting'], { maxFailures: 3 });
  const params = { id: job.id };
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByText('Running', { exact: true }).first()).toBeVisible();
  await api.call(patchJobEndpoints.pause, { params, body: {} });
  await expect(page.getByText('Paused by anna.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel job' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this job?' });
  await expect(dialog).toContainText('2 hosts will not be patched. No host is being patched now.');
  await dialog.getByRole('button', { name: 'Cancel job' }).click();
  await expect(page.getByRole('button', { name: 'Skipped 2' })).toBeVisible();
  await expect(page.getByText('Partly failed', { exact: true }).first()).toBeVisible();
});

test('the failed hosts of a job are ordered again as a new one', async ({ page, api }) => {
  const job = await layOutJob(api, unique('again'), ['succeeded', 'patch_failed']);
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole('button', { name: 'Retry failed hosts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry the failed hosts?' });
  await expect(dialog).toContainText('the same for 1 host that failed');
  await dialog.getByRole('button', { name: 'Order again' }).click();
  await expect(page.getByRole('link', { name: `Retry of job ${job.number}` })).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(job.id));
});

test('who may only look is offered no command', async ({ api, pageOf }) => {
  const viewer = await api.user(unique('vera'), 'viewer', goodPassword);
  const group = await api.group(unique('seen'));
  await api.join(group.id, viewer.id);
  const job = await layOutJob(api, unique('look'), ['waiting'], { maxFailures: 1 });
  await api.hostsInto(
    group.id,
    job.runs.map(({ hostId }) => hostId),
  );
  const page = await pageOf(viewer.username, goodPassword);
  await page.goto(`/jobs/${job.id}?run=${job.runs[0]?.id ?? ''}`);
  await expect(page.getByRole('heading', { name: 'Gate closed: 1 of 2 checks fails' })).toBeVisible();
  for (const name of ['Pause', 'Cancel job', 'More actions', 'Check now', 'Override…'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
});

test('the page of a host leads to the run that has it now, and to its jobs', async ({ page, api }) => {
  const name = unique('of-host');
  const job = await layOutJob(api, name, ['waiting'], { paused: 'person' });
  const run = job.runs[0];
  await page.goto(`/hosts/${run?.hostId ?? ''}`);
  const active = page.getByRole('link', { name: 'In a job: waiting for health' });
  await expect(active).toHaveAttribute('href', `/jobs/${job.id}?run=${run?.id ?? ''}`);
  const jobs = page.getByRole('region', { name: 'Jobs' });
  await expect(jobs.getByRole('listitem')).toHaveText([new RegExp(`${job.number} ${name}.*Paused`)]);
  await api.call(patchJobEndpoints.cancel, { params: { id: job.id }, body: {} });
  await expect(jobs.getByRole('listitem')).toContainText('Cancelled');
  await expect(active).toBeHidden();
  await jobs.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
});

test('a job that is not there says so', async ({ page }) => {
  await page.goto('/jobs/00000000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such job' })).toBeVisible();
});
