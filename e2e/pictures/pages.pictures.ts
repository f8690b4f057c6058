import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Api } from '../api.js';
import { admin } from '../first-admin.js';
import { goodPassword } from '../names.js';
import { openPage, pages } from '../pages.js';
import type { PageAddress, Seen } from '../pages.js';
import { takeAgentStates } from './agent-states.js';
import { takeCheckStates } from './check-states.js';
import { PictureBook } from './picture-book.js';
import { layOutFleet } from './sample-fleet.js';

const nobody: Seen = { groupId: '', hostId: '', checkId: '', jobId: '', runId: '' };
const pageNamed = (name: string): PageAddress => {
  const found = pages.find((page) => page.name === name);
  if (found === undefined) throw new Error(`there is no page ${name}`);
  return found;
};

// One server lives through all of it, from the first minute to a filled fleet, so the order is the story.
test('every page in each of its states', async ({ browser, baseURL }) => {
  test.setTimeout(600_000);
  const origin = baseURL ?? '';
  const book = new PictureBook(browser, origin);

  await book.take('setup.ready', (page) => openSetup(page));
  await book.take('setup.refused', async (page) => {
    await openSetup(page);
    await fillSetup(page, 'not-the-token');
    await expect(page.getByText(/not the token/)).toBeVisible();
  });
  const first = await book.page('desk');
  await openSetup(first);
  await fillSetup(first, process.env.PATCHGATE_E2E_SETUP_TOKEN ?? '');
  await expect(first.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await book.share('desk');

  for (const name of ['overview', 'hosts', 'groups', 'agents', 'agent-tokens', 'api-tokens']) {
    await book.take(`${name}.empty`, (page) => openPage(page, pageNamed(name), nobody));
  }
  const api = new Api(origin, await createToken(first));
  const { bareHostId, ...seen } = await layOutFleet(api, process.env.PATCHGATE_E2E_DATA_DIR ?? '');

  // First: in three minutes the gate of the job asks these checks, and what it finds is not what they show.
  await takeCheckStates(book, seen.hostId, bareHostId);

  for (const address of pages) {
    await book.take(`${address.name}.ready`, (page) => openPage(page, address, seen), [
      'desk',
      'dark',
      'phone',
    ]);
  }
  for (const [name, q] of [
    ['users', 'nobody-of-this-name'],
    ['audit', 'nothing-of-this-name'],
  ] as const) {
    const address = pageNamed(name);
    await book.take(`${name}.empty`, (page) =>
      openPage(page, { ...address, path: () => `${address.path(seen)}?q=${q}` }, seen),
    );
  }
  const fetching = [
    'overview',
    'hosts',
    'host',
    'groups',
    'group',
    'agents',
    'agent-tokens',
    'agent-certificates',
    'users',
    'audit',
    'sessions',
    'api-tokens',
  ];
  for (const address of fetching.map(pageNamed)) {
    await book.take(`${address.name}.loading`, async (page) => {
      await cutWire(page, 'hangs');
      await page.goto(address.path(seen));
      await expect(page.locator('[aria-busy="true"]').first()).toBeVisible();
    });
    await book.take(`${address.name}.error`, async (page) => {
      await cutWire(page, 'breaks');
      await page.goto(address.path(seen));
      await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 20_000 });
    });
  }
  await book.take('hosts.selected', async (page) => {
    await openPage(page, pageNamed('hosts'), seen);
    for (const row of [1, 2, 3])
      await page.getByRole('rowgroup').last().getByRole('checkbox').nth(row).check();
  });
  await takeAgentStates(book);
  await book.take('add-host.refused', async (page) => {
    await openPage(page, pageNamed('add-host'), seen);
    await page.getByRole('dialog').getByRole('button', { name: 'Add host' }).click();
  });
  await book.take('finder.ready', async (page) => {
    await openPage(page, pageNamed('overview'), seen);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Name or address' }).fill('shop');
    await expect(page.getByText(/^14 match/)).toBeVisible();
  });
  await book.take('api-docs.ready', openDocs, ['desk', 'dark', 'phone']);
  await book.take('menu.ready', openMenu, ['phone']);
  await book.take('sign-in.refused', async (page) => {
    await openPage(page, pageNamed('sign-in'), seen);
    await page.getByLabel('User name').fill('omar');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  });

  await book.take('users.forbidden', async (page) => {
    await signInAs(page, 'mira');
    await page.goto('/users');
    await expect(page.getByRole('heading', { name: 'People are managed by administrators' })).toBeVisible();
  });
  await book.take('host.viewer', (page) => openPage(page, pageNamed('host'), seen));
});

async function openSetup(page: Page): Promise<void> {
  await page.goto('/setup');
  await expect(page.getByRole('heading', { name: 'Create the first administrator' })).toBeVisible();
}

async function fillSetup(page: Page, token: string): Promise<void> {
  await page.getByLabel('Set-up token').fill(token);
  await page.getByLabel('User name').fill(admin.username);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
}

async function openDocs(page: Page): Promise<void> {
  await page.goto('/api/docs');
  await expect(page.getByText('/api/v1/hosts', { exact: true }).first()).toBeVisible();
}

async function openMenu(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Audit log' })).toBeVisible();
}

async function signInAs(page: Page, username: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
}

async function createToken(page: Page): Promise<string> {
  await page.goto('/account/api-tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByLabel('Name').fill('nightly report');
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  return page.getByRole('dialog').locator('code').first().innerText();
}

/** Lets the session and the set-up state through, so that the page is drawn, and nothing of what it asks for. */
async function cutWire(page: Page, how: 'hangs' | 'breaks'): Promise<void> {
  await page.route(/\/api\/v1\/(?!auth\/session$|setup$)/, (route) =>
    how === 'breaks' ? route.abort() : new Promise<void>(() => undefined),
  );
}
