import { healthCheckEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import { goodPassword, unique, uniqueAddress } from './names.js';
import { expect, test } from './patchgate.fixture.js';
import { startWebTarget } from './web-target.js';
import { connectAsWorker } from './worker-database.js';

test('who tests too often reads when the next test may be, once', async ({ api, pageOf }) => {
  const name = unique('tess');
  const { id } = await api.user(name, 'admin', goodPassword);
  const host = await api.host(`${unique('often')}.example.org`, uniqueAddress());
  await api.call(healthCheckEndpoints.create, {
    params: { id: host.id },
    body: { check_type: 'service', name: 'nginx runs', service_name: 'nginx' },
  });
  await behindTheApi(`INSERT INTO rate_limits VALUES ($1, now(), 60)`, `check-test/user/${id}`);
  const page = await pageOf(name, goodPassword);
  await page.goto(`/hosts/${host.id}`);
  await page.getByRole('button', { name: 'Test nginx runs' }).click();
  await expect(page.getByRole('region', { name: 'Test of nginx runs' })).toContainText(
    /The test was not run\. Too many attempts; try again in \d+ s\./,
  );
  await page.getByRole('button', { name: 'Edit nginx runs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit nginx runs' });
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByText(/Too many attempts; try again in \d+ s\./)).toHaveCount(1);
});

test('a stored password that does not open is said at its field, and is mended there', async ({
  page,
  api,
}) => {
  const target = await startWebTarget((_request, response) => response.end('ready'));
  const host = await api.host(`${unique('lost')}.example.org`, uniqueAddress());
  const check = await api.call(healthCheckEndpoints.create, {
    params: { id: host.id },
    body: {
      ...{ check_type: 'http', name: 'Private page', url: target.url, expected_body: 'ready' },
      ...{ basic_auth_user: 'monitor', basic_auth_pass: 'secret' },
    },
  });
  await behindTheApi("UPDATE host_health_checks SET secret_key_id = 'lost' WHERE id = $1", check.id);
  await page.goto(`/hosts/${host.id}`);
  await testInRow(page);
  const row = page.getByRole('region', { name: 'Test of Private page' });
  await expect(row).toContainText('stored password of Private page cannot be opened');
  await expect(row).toContainText('enter it again and save');

  await page.getByRole('button', { name: 'Edit Private page' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Private page' });
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('group', { name: 'Password' })).toContainText('cannot be opened');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await dialog.getByLabel('New password').fill('secret again');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await testInRow(page);
  await expect(row).toContainText('HTTP 200');
  await target.stop();
});

const testInRow = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Test Private page' }).click();

async function behindTheApi(text: string, value: string): Promise<void> {
  const client = await connectAsWorker(process.env.PATCHGATE_E2E_DATA_DIR ?? '');
  try {
    await client.query(text, [value]);
  } finally {
    await client.end();
  }
}
