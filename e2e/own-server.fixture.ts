import { test as base, expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { runPatchgate } from '../tests/running-patchgate.js';
import type { RunningPatchgate } from '../tests/running-patchgate.js';
import { goodPassword } from './names.js';
import { keepReceived } from './received.js';

interface Fixtures {
  /** The environment it starts with, beside what every one has. */
  settings: NodeJS.ProcessEnv;
  flags: readonly string[];
  /** A server of its own: what is done to it must not be missed by others. */
  patchgate: RunningPatchgate;
}

export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  flags: [[], { option: true }],
  patchgate: async ({ settings, flags }, use) => {
    const administrator = { PATCHGATE_ADMIN_USERNAME: 'anna', PATCHGATE_ADMIN_PASSWORD: goodPassword };
    const running = await runPatchgate({ ...administrator, ...settings }, flags);
    await use(running);
    await running.stop();
  },
});

export { expect };

/** A page of the first administrator, who came in through the form. */
export async function signedIn(
  browser: Browser,
  { address }: RunningPatchgate,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    storageState: { cookies: [], origins: [] },
    // Room for every row: those scrolled away are not drawn.
    viewport: { width: 1280, height: 2000 },
    ...options,
  });
  const page = await context.newPage();
  keepReceived(page);
  await page.goto('/');
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  return page;
}
