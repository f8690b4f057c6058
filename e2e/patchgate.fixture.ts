import { test as base, expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { Api } from './api.js';
import { readToken } from './first-admin.js';
import { keepReceived, keepStream } from './received.js';

interface Fixtures {
  /** The administrator's hands outside the browser, to lay out what a test needs. */
  api: Api;
  /** What went wrong in any page of this test; checked at its end. */
  troubles: string[];
  /** A page of another person, signed in through the form. */
  pageOf: (username: string, password: string) => Promise<Page>;
}

const reportViolations = `addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI);
});`;

export const test = base.extend<Fixtures, { stream: null }>({
  stream: [
    async ({}, use) => {
      const leave = keepStream(process.env.PATCHGATE_E2E_URL ?? '', readToken());
      await use(null);
      await leave();
    },
    { auto: true, scope: 'worker' },
  ],

  api: async ({ baseURL }, use) => {
    await use(new Api(baseURL ?? '', readToken()));
  },

  troubles: [
    async ({ page }, use) => {
      const troubles: string[] = [];
      await watch(page, troubles);
      await use(troubles);
      expect(troubles, 'SEC-H1: no page violates the policy, throws or loads what is not there').toEqual([]);
    },
    { auto: true },
  ],

  pageOf: async ({ browser, troubles, baseURL }, use) => {
    const opened: Page[] = [];
    await use(async (username, password) => {
      const page = await newPage(browser, baseURL);
      opened.push(page);
      await watch(page, troubles);
      await page.goto('/');
      await page.getByLabel('User name').fill(username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});

export { expect };

async function newPage(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({
    ...(baseURL !== undefined && { baseURL }),
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

async function watch(page: Page, troubles: string[]): Promise<void> {
  keepReceived(page);
  await page.addInitScript({ content: reportViolations });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // The browser also writes a line for each refused request; those are judged by their answers below.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    troubles.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    const isApi = new URL(response.url()).pathname.startsWith('/api/');
    if (response.status() >= 500 || (!isApi && response.status() >= 400)) {
      troubles.push(`${response.status()} from ${response.url()}`);
    }
  });
}
