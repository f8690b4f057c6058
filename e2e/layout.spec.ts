import type { Page } from '@playwright/test';
import { unique, uniqueAddress } from './names.js';
import { expect, test } from './patchgate.fixture.js';

const clippedCells = `[...document.querySelectorAll('tbody [role]')]
  .filter((cell) => cell.scrollWidth > cell.clientWidth)
  .map((cell) => cell.textContent)`;

test('the page has our ground and size of text, also before the sign-in', async ({ page }) => {
  for (const path of ['/', '/sign-in']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(248, 249, 251)');
    await expect(page.locator('body')).toHaveCSS('font-size', '13px');
  }
});

test('what stands in the groups column is not cut off', async ({ page, api }) => {
  const stem = unique('tag');
  const groups = [await api.group(`${stem}-a`), await api.group(`${stem}-b`)];
  await api.host(`${stem}-none.example.org`, uniqueAddress());
  const both = await api.host(
    `${stem}-both.example.org`,
    uniqueAddress(),
    groups.map(({ id }) => id),
  );
  await page.goto(`/hosts?q=${stem}&sort=fqdn`);
  await expect(page.getByRole('row', { name: `${stem}-none` })).toContainText('no group');
  expect(await page.evaluate(clippedCells)).toEqual([]);

  const more = page.getByRole('link', { name: `1 more group: ${stem}-b` });
  await more.focus();
  await expect(page.getByRole('tooltip')).toHaveText(`${stem}-b`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(both.id));
});

for (const [device, viewport] of [
  ['a desk', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`nothing under the header moves when it is filled, on ${device}`, async ({ page, api }) => {
    await page.setViewportSize(viewport);
    const group = await api.group(unique('still'));
    const host = await api.host(`${unique('still')}.example.org`, uniqueAddress(), [group.id]);
    const answers = await answersOf(page);
    for (const path of [
      '/',
      '/hosts',
      '/groups',
      '/users',
      '/audit',
      `/groups/${group.id}`,
      `/hosts/${host.id}`,
    ]) {
      answers.hold();
      await page.goto(path);
      await expect(page.locator('main [aria-busy="true"]').first()).toBeVisible();
      const before = await headerBottom(page);
      answers.release();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      expect(Math.abs((await headerBottom(page)) - before), path).toBeLessThanOrEqual(1);
    }
  });
}

test('a host that cannot be fetched still has a heading and a way on', async ({ page, api }) => {
  const host = await api.host(`${unique('cut')}.example.org`, uniqueAddress());
  await page.route(`**/api/v1/hosts/${host.id}`, (route) => route.abort());
  await page.goto(`/hosts/${host.id}`);
  await expect(page.getByRole('alert')).toContainText('Could not load this host.', { timeout: 20_000 });
  await expect(page.getByRole('heading', { level: 1, name: 'Host' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Hosts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
});

test('an address that leads nowhere keeps the navigation and names its tab', async ({ page }) => {
  await page.goto('/hostz');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible();
  await expect(page).toHaveTitle('There is no such page · Patchgate');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Groups' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
});

/** Holds back what pages ask for; what draws their frame comes through. */
async function answersOf(page: Page): Promise<{ hold: () => void; release: () => void }> {
  let gate = Promise.withResolvers<undefined>();
  await page.route(/\/api\/v1\/(?!auth\/session$|setup$)/, async (route) => {
    await gate.promise;
    await route.continue();
  });
  return {
    hold: () => (gate = Promise.withResolvers<undefined>()),
    release: () => gate.resolve(undefined),
  };
}

async function headerBottom(page: Page): Promise<number> {
  const box = await page.locator('main header').first().boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0);
}
