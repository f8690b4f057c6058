import { hostEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { RunningPatchgate } from '../tests/running-patchgate.js';
import { Api } from './api.js';
import { unique, uniqueAddress } from './names.js';
import { expect, signedIn, test } from './own-server.fixture.js';

async function apiOf(page: Page, { address }: RunningPatchgate): Promise<Api> {
  const created = await page.request.post('/api/v1/api-tokens', {
    headers: { 'x-patchgate-request': '1' },
    data: { name: unique('faults') },
  });
  const { token } = (await created.json()) as { token: string };
  return new Api(address, token);
}

/** The processes that serve this installation: the api, and the postmaster. */
function servers({ dataDirectory }: RunningPatchgate): { api: number; postgres: number } {
  const pidFile = path.join(dataDirectory, 'postgres/cluster/postmaster.pid');
  const isApi = (pid: string): boolean =>
    read(pid, 'cmdline').includes('main.api.js') && read(pid, 'environ').includes(dataDirectory);
  const api = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isApi(name));
  return { api: Number(api), postgres: Number(readFileSync(pidFile, 'utf8').split('\n')[0]) };
}

function read(pid: string, entry: string): string {
  try {
    return readFileSync(`/proc/${pid}/${entry}`, 'utf8');
  } catch {
    // Ended while we looked.
    return '';
  }
}

/** What a person reads on the page of the list. */
const rows = (page: Page): Promise<string[]> =>
  page.getByRole('table', { name: 'Hosts' }).getByRole('row').allInnerTexts();

const lost = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /Live updates lost \d+ s ago, reconnecting/ })
    .first();

/** As a program does it that has to get through: again until the server says that it is done. */
async function untilDone(act: () => Promise<unknown>): Promise<void> {
  await expect(async () => {
    await act();
  }).toPass({ timeout: 60_000, intervals: [100] });
}

test('api and PostgreSQL are killed during 100 changes, and the open page equals a fresh load within 5 s', async ({
  browser,
  patchgate,
}) => {
  const page = await signedIn(browser, patchgate);
  const fresh = await signedIn(browser, patchgate);
  const api = await apiOf(page, patchgate);
  const stem = unique('fault');
  const ids: string[] = [];
  const add = async (change: number): Promise<void> => {
    const name = `${stem}-${String(change).padStart(3, '0')}`;
    const { items } = await api.list(name);
    ids.push(items[0]?.id ?? (await api.host(`${name}.example.org`, uniqueAddress())).id);
  };
  const rename = (change: number): Promise<unknown> =>
    api.call(hostEndpoints.update, {
      params: { id: ids[change % ids.length] ?? '' },
      body: { fqdn: `${stem}-${String(change).padStart(3, '0')}-renamed.example.org` },
    });
  for (let change = 0; change < 10; change += 1) await add(change);
  await page.goto(`/hosts?q=${stem}&sort=fqdn`);
  await expect.poll(async () => (await rows(page)).length).toBe(11);

  let wasLost = 0;
  for (let change = 0; change < 100; change += 1) {
    const { api: apiPid, postgres } = servers(patchgate);
    if ([20, 60, 99].includes(change)) process.kill(apiPid, 'SIGKILL');
    if ([40, 60, 99].includes(change)) process.kill(postgres, 'SIGKILL');
    if (change === 20) {
      await expect(lost(page)).toBeVisible({ timeout: 10_000 });
      wasLost += 1;
    }
    await untilDone(() => (change % 5 === 0 ? add(change + 100) : rename(change)));
  }
  // The server has only just come back, and the last change is the first thing it did.
  const doneAtMs = performance.now();
  await fresh.goto(`/hosts?q=${stem}&sort=fqdn`);
  await expect.poll(async () => (await rows(fresh)).length).toBe(31);
  await expect.poll(() => rows(page), { timeout: 5_000, intervals: [50] }).toEqual(await rows(fresh));
  expect(performance.now() - doneAtMs).toBeLessThan(5_000);
  process.stdout.write(
    `the open page equals a fresh load after ${(performance.now() - doneAtMs).toFixed(0)} ms\n`,
  );
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /^Connected$/ })
      .first(),
  ).toBeVisible({ timeout: 5_000 });
  expect(wasLost).toBe(1);
});

test('an api that hangs is a lost connection too, and one that is there again is no news', async ({
  browser,
  patchgate,
}) => {
  const page = await signedIn(browser, patchgate);
  const api = await apiOf(page, patchgate);
  const stem = unique('hang');
  await page.goto(`/hosts?q=${stem}`);
  await expect(page.getByRole('heading', { name: 'No host matches' })).toBeVisible();
  const { api: pid } = servers(patchgate);
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(lost(page)).toBeVisible({ timeout: 10_000 });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect(lost(page)).toBeHidden({ timeout: 5_000 });
  await api.host(`${stem}.example.org`, uniqueAddress());
  await expect(page.getByRole('row', { name: stem })).toBeVisible();
});
