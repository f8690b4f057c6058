import type { Locator, Page } from '@playwright/test';
import type { PrivateSystemd } from '../tests/private-systemd.js';
import { expect } from './real-host.fixture.js';
import type { Ports } from './real-host.fixture.js';

/** The one command of a new enrolment, from the page that offers it. */
export async function commandToPaste(page: Page): Promise<string> {
  await page.goto('/agents');
  await page
    .getByRole('link', { name: /Enrol/ })
    .or(page.getByRole('button', { name: 'Enrol host' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Create command' }).click();
  const command = await page.getByRole('dialog').locator('code').first().innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  return command;
}

export async function approve(page: Page, name: string): Promise<void> {
  const request = page.getByRole('region', { name });
  await expect(request).toContainText('With a token of anna', { timeout: 30_000 });
  await request.getByRole('button', { name: `Approve ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(`${name} is a host now.`)).toBeVisible();
}

/** By apt's own listing: names, versions, and which of them come from an archive of security updates. */
export async function expectPatchesOf(page: Page, host: PrivateSystemd): Promise<void> {
  const listed = host
    .run('sh', '-c', 'LC_ALL=C apt list --upgradable 2>/dev/null')
    .split('\n')
    .flatMap((line) => {
      const [, name, archives, version] = /^([^/]+)\/(\S+) (\S+) \S+ \[upgradable from: /.exec(line) ?? [];
      return name === undefined
        ? []
        : [{ name, version: version ?? '', isSecurity: /security/.test(archives ?? '') }];
    });
  const patches = page.getByRole('region', { name: 'Patches', exact: true });
  await expect(patches).toContainText('checked', { timeout: 60_000 });
  if (listed.length === 0) {
    await expect(patches).toContainText('Nothing to upgrade');
    return;
  }
  const security = listed.filter(({ isSecurity }) => isSecurity);
  await expect(patches.getByRole('radio', { name: `All ${listed.length}` })).toBeVisible();
  for (const { name, version } of [...listed.slice(0, 3), ...security.slice(0, 3)]) {
    await patches.getByLabel('Search patches').fill(name);
    const row = patches.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect(row).toContainText(version);
    if (security.some((each) => each.name === name)) await expect(row).toContainText('security');
  }
}

type Kind = 'Service' | 'HTTP' | 'FastCGI' | 'TCP';

/** Opens the dialog of a new check, which `fill` fills in and tries; saves it, and waits until it is healthy. */
async function addCheck(
  page: Page,
  { kind, name }: { kind: Kind; name: string },
  fill: (dialog: Locator) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: 'Add check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add check' });
  await dialog.getByRole('radio', { name: kind }).check({ force: true });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await fill(dialog);
  await expectTest(dialog, 'Healthy');
  await dialog.getByRole('button', { name: 'Add check' }).click();
  await expect(dialog).toBeHidden();
}

async function expectTest(dialog: Locator, outcome: string | RegExp): Promise<void> {
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('region', { name: 'Test' }).getByRole('status')).toContainText(outcome);
}

const loopback = async (dialog: Locator, port: number) => {
  await dialog.getByLabel('Host or address').fill('127.0.0.1');
  await dialog.getByLabel('Port', { exact: true }).fill(String(port));
};

/** One check of each kind; the ones that judge more than a connection are seen to refuse first. */
export async function addFourChecks(page: Page, ports: Ports): Promise<void> {
  await addCheck(page, { kind: 'HTTP', name: 'Shop page' }, async (dialog) => {
    await dialog.getByLabel('URL').fill(`http://127.0.0.1:${ports.page}/`);
    await dialog.getByLabel('Expected in the body').fill('The shop is ready');
    await dialog.getByLabel('User, optional').fill('monitor');
    await dialog.getByLabel('Password, optional').fill('eight grey herons');
    await expectTest(dialog, '401');
    await dialog.getByLabel('Password, optional').fill('seven grey herons');
    await expectTest(dialog, 'Healthy');
    const tried = dialog.getByRole('region', { name: 'Test' });
    await expect(tried).toContainText(/of 10 s allowed.*Connect.*ms.*First byte.*ms.*Body.*ms/);
  });
  await addCheck(page, { kind: 'FastCGI', name: 'PHP' }, (dialog) => loopback(dialog, ports.fpm));
  await addCheck(page, { kind: 'TCP', name: 'Shop over TLS' }, async (dialog) => {
    await loopback(dialog, ports.tls);
    await dialog.getByLabel('TLS: complete the handshake').check();
    await expectTest(dialog, /self-signed/i);
    await dialog.getByLabel('Ignore certificate errors').check();
  });
  await expect(page.getByRole('region', { name: 'Agent' })).toContainText('Connected', { timeout: 60_000 });
  await addCheck(page, { kind: 'Service', name: 'Web server' }, (dialog) =>
    dialog.getByLabel('Service', { exact: true }).last().fill('nginx'),
  );
}

/** Open since an hour and for two more, for one host. */
export async function openWindow(page: Page, host: string): Promise<void> {
  await page.goto('/windows');
  await page.getByRole('button', { name: 'Add window' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Tonight');
  await dialog.getByText('One host').click();
  await dialog.getByRole('combobox', { name: 'Host', exact: true }).fill(host);
  await page.getByRole('option', { name: host }).click();
  await dialog.getByLabel('Repeats').selectOption('Once');
  const [day = '', time = ''] = new Date(Date.now() - 3_600_000).toISOString().split('T');
  await dialog.getByLabel('Day', { exact: true }).fill(day);
  await dialog.getByLabel('Starts', { exact: true }).fill(time.slice(0, 5));
  await dialog.getByLabel('Open for').fill('3 h');
  await dialog.getByRole('button', { name: 'Add window' }).click();
  await expect(page.getByText('Tonight added.')).toBeVisible();
}
