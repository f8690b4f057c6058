import { patchRunEndpoints } from '@patchgate/contracts';
import type { Page } from '@playwright/test';
import type { Api } from './api.js';
import { joined, payloads, poison } from './hostile-text.js';
import { layOut, pages } from './pages.js';
import type { PageAddress, Seen } from './pages.js';
import { expect, test } from './patchgate.fixture.js';

// Without the policy, which would hide that a page ran what it should have shown.
test.use({ bypassCSP: true });

test.describe.configure({ mode: 'parallel' });

const isForm =
  /^(sign-in|setup|missing|account|deploy-packages|deploy-when|deploy-roll-out)$|-(none|missing|empty)$|^add-/;
/** Those that show what the server tells; the others are forms, or say that there is nothing. */
const views = pages.filter(({ name }) => !isForm.test(name));
/** Those with what agents say. */
const agentViews = views.filter(({ name }) => /^(hosts?|jobs?|job-run|agents|audit)$/.test(name));

/** With the log, and the packages as they were and are: of a run that has been at its agent. */
async function endedRun(api: Api, { jobId }: Seen): Promise<PageAddress> {
  const ended = { params: { id: jobId }, query: { status: 'succeeded' as const } };
  const { items } = await api.call(patchRunEndpoints.list, ended);
  return { name: 'job-run-ended', path: () => `/jobs/${jobId}?run=${items[0]?.id ?? ''}`, heading: /./ };
}

const isNothing = { ran: 0, elements: 0, links: 0 };
/** What became of the payloads in a page: how often they ran, and what they made that is no text. */
const outcome = `({
  ran: window.ran || 0,
  elements: document.querySelectorAll('[data-hostile]').length,
  links: [...document.querySelectorAll('[href], [src], [action], [formaction], [srcdoc]')]
    .filter((it) => /^\\\\s*(javascript|data:text|vbscript)/i.test(it.href || it.src || it.action || '') || it.srcdoc).length,
})`;

/** @returns the numbers of the payloads that stand in the page as text */
async function look(page: Page, view: PageAddress, seen: Seen): Promise<string[]> {
  await page.goto(view.path(seen));
  await expect(page.getByRole('heading', { level: 1, includeHidden: true }).first()).toBeAttached();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expect.poll(async () => (await shownOn(page)).length, { message: view.name }).toBeGreaterThan(0);
  expect(await page.evaluate(outcome), view.name).toEqual(isNothing);
  return await shownOn(page);
}

async function shownOn(page: Page): Promise<string[]> {
  const text = await page.evaluate<string>(
    'document.body.textContent + [...document.querySelectorAll("input, textarea")].map((it) => it.value).join()',
  );
  return [...text.matchAll(/\[h(\d+)\]/g)].map(([, n = '']) => n);
}

for (const [name, all, shownIn] of [
  ['two hundred payloads in each field of every view are shown as text, and none runs', true, views],
  ['a payload that is all of a field is, too, wherever an agent says something', false, agentViews],
] as const) {
  test(`SEC-H2 ${name}`, async ({ page, api, troubles }) => {
    test.setTimeout(120_000);
    expect(new Set(payloads).size).toBe(200);
    const seen = await layOut(api);
    await page.route('**/api/v1/**', async (route) => {
      const request = route.request();
      const { pathname } = new URL(request.url());
      const isRead = request.method() === 'GET' || pathname.endsWith('/preview');
      if (!isRead || /\/(events|auth\/session|setup)$/.test(pathname)) return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, json: poison(pathname, await response.json(), all) });
    });
    const shown = new Set<string>();
    for (const view of [...shownIn, await endedRun(api, seen)])
      for (const number of await look(page, view, seen)) shown.add(number);
    if (all) expect(shown.size).toBe(200);

    expect(troubles).toEqual([]);

    // The same texts in a page that does take them for more than that, to see that they would run.
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(joined)})`);
    await expect.poll(() => page.evaluate('window.ran || 0')).toBeGreaterThan(0);
    troubles.length = 0;
    // The page asks anew whenever something happens: an answer that is being changed goes with the page, and is missed.
    await page.unrouteAll({ behavior: 'wait' });
  });
}
