import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startWebTarget } from '../web-target.js';
import type { PictureBook } from './picture-book.js';

/** The host page's checks and their dialogs, each state a person meets. */
export async function takeCheckStates(book: PictureBook, hostId: string, emptyHostId: string): Promise<void> {
  const all = ['desk', 'dark', 'phone'] as const;
  const dialogOf = (page: Page) => page.getByRole('dialog');
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Health checks' })).toBeVisible();
    await page.waitForLoadState('networkidle');
  };

  await book.take('host-checks.empty', (page) => open(page, `/hosts/${emptyHostId}`));
  await book.take('host-checks.history', async (page) => {
    await open(page, `/hosts/${hostId}`);
    await page.getByRole('img', { name: /^Storefront answers/ }).focus();
    await expect(page.getByRole('tooltip')).toContainText('unhealthy');
  });
  await book.take('hosts.checks', async (page) => {
    await page.goto('/hosts?q=shop-web-07');
    await page.getByRole('link', { name: /^Unhealthy, / }).focus();
    await expect(page.getByRole('tooltip')).toContainText('HTTP 503');
  });
  for (const type of ['Service', 'HTTP', 'TCP', 'FastCGI']) {
    await book.take(`add-check.${type.toLowerCase()}`, async (page) => {
      await open(page, `/hosts/${emptyHostId}?check=new`);
      await dialogOf(page).getByRole('radio', { name: type }).check({ force: true });
    });
  }

  const target = await startWebTarget((request, response) => {
    if (request.url === '/health') response.end('{"status":"ok"}');
    if (request.url === '/ill') response.writeHead(503).end();
  });
  const fill = async (page: Page, url: string): Promise<void> => {
    await open(page, `/hosts/${emptyHostId}?check=new`);
    await dialogOf(page).getByLabel('Name').fill('Storefront answers');
    await dialogOf(page).getByLabel('URL').fill(url);
    await dialogOf(page).getByLabel('Expected in the body').fill('"status":"ok"');
    await dialogOf(page).getByRole('button', { name: 'Test' }).click();
  };
  const result = (page: Page) => dialogOf(page).getByRole('region', { name: 'Test' });
  await book.take(
    'test.healthy',
    async (page) => {
      await fill(page, target.url);
      await expect(result(page)).toContainText('Healthy');
    },
    all,
  );
  await book.take(
    'test.unhealthy',
    async (page) => {
      await fill(page, target.url.replace('health', 'ill'));
      await expect(result(page)).toContainText('Unhealthy');
    },
    all,
  );
  await book.take('test.running', async (page) => {
    await fill(page, target.url.replace('health', 'hangs'));
    await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '2');
  });
  await target.stop();

  await book.take(
    'edit-check.password',
    async (page) => {
      await open(page, `/hosts/${hostId}`);
      await page.getByRole('button', { name: 'More for Storefront answers' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await dialogOf(page).getByLabel('URL').fill('https://shop.nordwind.example/healthz');
      await expect(dialogOf(page)).toContainText('Saving this address clears it');
    },
    all,
  );
  await book.take('delete-check.ready', async (page) => {
    await open(page, `/hosts/${hostId}`);
    await page.getByRole('button', { name: 'More for PHP-FPM ping' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(dialogOf(page)).toBeVisible();
  });
  await book.take('copy-checks.ready', async (page) => {
    await open(page, `/hosts/${hostId}`);
    await page.getByRole('button', { name: 'Copy to hosts' }).click();
    await dialogOf(page).getByLabel('Hosts').fill('erp');
    await expect(dialogOf(page).getByText(/^The first/)).toHaveCount(0);
  });
  await book.take('row-test.refused', async (page) => {
    await open(page, `/hosts/${hostId}`);
    await page.route('**/test', (route) => route.abort());
    await page.getByRole('button', { name: 'Test PHP-FPM ping' }).click();
    await expect(page.getByRole('alert')).toContainText('The test was not run.');
  });
}
