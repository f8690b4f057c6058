import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { unique } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { asWorker, layOutJob } from './seeded-jobs.js';
import type { LaidOutJob } from './seeded-jobs.js';

/** The middles of the marks of a track: now, the dots, the ring, the points. */
async function placesOf(track: Locator): Promise<number[]> {
  const marks = await track.locator('> *').all();
  const boxes = await Promise.all(marks.map((mark) => mark.boundingBox()));
  return boxes.flatMap((box) => (box === null ? [] : box.x + box.width / 2));
}

const panelOf = (page: Page, job: LaidOutJob, run = 0) =>
  page.getByRole('complementary', { name: `Run of ${job.hosts[run] ?? ''}` });

async function openRun(page: Page, job: LaidOutJob, run = 0) {
  await page.goto(`/jobs/${job.id}?run=${job.runs[run]?.id ?? ''}`);
  const panel = panelOf(page, job, run);
  await expect(panel).toBeVisible();
  return panel;
}

test('the gate card has the verdict, three clocks and the evidence of each attempt', async ({
  page,
  api,
}) => {
  const job = await layOutJob(api, unique('gate'), ['waiting']);
  const panel = await openRun(page, job);
  await expect(panel.getByRole('heading', { name: 'Gate closed: 1 of 2 checks fails' })).toBeVisible();
  const clock = (name: string) => panel.locator('dl > div').filter({ hasText: name });
  await expect(clock('Attempts so far')).toContainText('3');
  await expect(clock('Closes in')).toContainText(/1:\d\d:\d\d/);
  const next = clock('Next attempt in').locator('dd').first();
  const before = await next.innerText();
  expect(before).toMatch(/^[0-3]:\d\d$/);
  await expect(next).not.toHaveText(before);
  const track = panel.getByRole('img', { name: /^Storefront answers: fail, could not ask, fail; next at / });
  await expect(track).toBeVisible();
  await expect(panel.getByRole('img', { name: /^PHP pool: pass, pass, pass; next at / })).toBeVisible();
  await expect(panel.getByText('The status of the answer is no success: status 503.')).toBeVisible();
  await track.locator('[data-tone="unsure"]').hover();
  await expect(page.getByRole('tooltip')).toContainText(/^Attempt 2, \d\d:\d\d:\d\d: The agent on the host/);
  await panel.getByText('3 attempts in words').click();
  await expect(panel.locator('details li')).toHaveText([/^3.*Fail/, /^2.*Could not ask/, /^1.*Fail/]);
});

test('attempts stand on the time of the window: past behind now, the next one before the close', async ({
  page,
  api,
}) => {
  const job = await layOutJob(api, unique('axis'), ['waiting']);
  const panel = await openRun(page, job);
  const track = panel.getByRole('img', { name: /^Storefront answers:/ });
  // In a window of three hours, attempts five minutes apart stand too close for a dot each.
  await expect(track.locator('[data-tone]')).toHaveCount(2);
  const [now = 0, first = 0, last = 0, next = 0, ...later] = await placesOf(track);
  expect(first).toBeLessThan(last);
  expect(last).toBeLessThanOrEqual(now);
  expect(next).toBeGreaterThan(now);
  expect(later.length).toBeGreaterThan(3);
  expect([next, ...later]).toEqual([next, ...later].toSorted((one, other) => one - other));
  await track.locator('[data-tone="bad"]').hover();
  await expect(page.getByRole('tooltip').getByRole('listitem')).toHaveText([/^Attempt 3,/]);
});

test('check now asks the gate, and the answer is seen without a reload', async ({ page, api }) => {
  // No slot is free, so that the attempt changes nothing but its count.
  const job = await layOutJob(api, unique('now'), ['waiting', 'running'], { maxInFlight: 1 });
  const panel = await openRun(page, job);
  await panel.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText(`The checks of ${job.hosts[0] ?? ''}`)).toBeVisible();
  await expect(panel.locator('dl > div').filter({ hasText: 'Attempts so far' })).toContainText('4', {
    timeout: 15_000,
  });
});

test('an override needs a reason, says that it is audited, and is told of afterwards', async ({
  page,
  api,
}) => {
  const job = await layOutJob(api, unique('override'), ['waiting'], { paused: 'person' });
  const panel = await openRun(page, job);
  await expect(panel.getByText('No attempts are made while the job is paused.').first()).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Check now' })).toHaveAttribute('aria-disabled', 'true');
  await panel.getByRole('button', { name: 'Override…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Override the gate of / });
  await expect(dialog).toContainText('Storefront answers');
  await expect(dialog).toContainText('This is audited');
  await dialog.getByLabel('Reason').fill('because');
  await dialog.getByRole('button', { name: 'Override the gate' }).click();
  await expect(dialog.getByText('At least 10 characters.', { exact: true })).toBeVisible();
  await dialog.getByLabel('Reason').fill('The shop is in maintenance until four');
  await dialog.getByRole('button', { name: 'Override the gate' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText('anna has overridden the gate already.').first()).toBeVisible();
  await page.goto('/audit?q=override');
  await expect(page.getByRole('row').filter({ hasText: /overr/i }).first()).toBeVisible();
});

test('a skipped host ends unpatched, by whom it says, and is no failure', async ({ page, api }) => {
  const job = await layOutJob(api, unique('skip'), ['waiting'], { paused: 'person' });
  const panel = await openRun(page, job);
  await panel.getByRole('button', { name: 'Skip this host' }).click();
  const dialog = page.getByRole('dialog', { name: /^Skip / });
  await expect(dialog).toContainText('that is no failure');
  await dialog.getByRole('button', { name: 'Skip this host' }).click();
  await expect(panel.getByText('Skipped by anna.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Check now' })).toHaveCount(0);
});

test('a log is followed, searched and taken away', async ({ page, api }) => {
  const job = await layOutJob(api, unique('log'), ['running']);
  const panel = await openRun(page, job);
  const log = panel.getByRole('log');
  await expect(log).toContainText('Setting up nginx');
  await expect(panel.getByText('The gate can no longer be asked or overridden')).toBeVisible();
  const runId = job.runs[0]?.id ?? '';
  await asWorker(async (client) => {
    await client.query(
      `INSERT INTO run_log (run_id, seq, at, source, line)
       SELECT $1, n, now(), 'agent', 'Processing triggers ' || n FROM generate_series(8, 400) n`,
      [runId],
    );
    await client.query(`SELECT pg_notify('patchgate', $1)`, [
      JSON.stringify({ topic: 'log', ids: [runId], hosts: [job.runs[0]?.hostId] }),
    ]);
  });
  await expect(log.getByText('Processing triggers 400')).toBeVisible();
  await panel.getByLabel('Search the log').fill('OPENSSL');
  await expect(panel.getByText('2 of 400 lines')).toBeVisible();
  await expect(log.locator('mark').first()).toHaveText('openssl');
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download the log' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.log$/);
  expect((await readFile(await file.path(), 'utf8')).trim().split('\n')).toHaveLength(400);
  await panel.getByLabel('Search the log').fill('no such words');
  await expect(panel.getByText('No line has “no such words” in it.')).toBeVisible();
});

test('what the checks and packages were before and after comes first once it failed', async ({
  page,
  api,
}) => {
  const job = await layOutJob(api, unique('regressed'), ['regressed', 'succeeded'], { maxFailures: 2 });
  const panel = await openRun(page, job);
  await expect(
    panel.getByText('1 of 2 checks was healthy before the patch and is not after it.'),
  ).toBeVisible();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText([/./, 'Before and after', 'Log']);
  await expect(panel.getByRole('row', { name: /^Storefront answers Pass 41 ms Fail 388 ms/ })).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Verify' })).toContainText('ended here');
  await panel.getByRole('button', { name: 'Next host' }).click();
  await expect(panelOf(page, job, 1)).toContainText('Gate opened at attempt 2');
  await expect(panelOf(page, job, 1).getByRole('row', { name: /^openssl 3.0.17.* 3.0.18/ })).toBeVisible();
});

test('a person says what became of a run whose outcome nobody knows', async ({ page, api }) => {
  const job = await layOutJob(api, unique('unknown'), ['indeterminate']);
  const panel = await openRun(page, job);
  await panel.getByRole('button', { name: 'Say what became of it…' }).click();
  const dialog = page.getByRole('dialog', { name: /^What became of / });
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await expect(dialog.getByText('Choose one of the two.')).toBeVisible();
  await dialog.getByRole('radio', { name: /^It failed/ }).check();
  await dialog.getByLabel('Reason').fill('Looked at the host: dpkg was never started');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText('anna says that it failed.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Failed 1' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a run takes the whole screen, with its actions at the thumb', async ({ page, api }) => {
    const job = await layOutJob(api, unique('phone'), ['waiting']);
    await page.goto(`/jobs/${job.id}`);
    await page.getByRole('link', { name: job.hosts[0] ?? '', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: `Run of ${job.hosts[0] ?? ''}` });
    await expect(sheet.getByRole('heading', { name: /^Gate closed/ })).toBeVisible();
    const button = await sheet.getByRole('button', { name: 'Check now' }).boundingBox();
    expect(button?.y).toBeGreaterThan(700);
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(844);
    await sheet.getByRole('button', { name: 'Close the run' }).click();
    await expect(sheet).toBeHidden();
    await expect(page).not.toHaveURL(/run=/);
  });
});
