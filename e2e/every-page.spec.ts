import { AxeBuilder } from '@axe-core/playwright';
import { layOut, openPage, pages } from './pages.js';
import type { Seen } from './pages.js';
import { expect, test as base } from './patchgate.fixture.js';
import { smallTargets } from './small-targets.js';

let laidOut: Promise<Seen> | undefined;
const test = base.extend<{ seen: Seen }>({
  /** Once for all that a worker opens: these tests only look. */
  seen: async ({ api }, use) => use(await (laidOut ??= layOut(api))),
});

// The longest of all files, and of tests that only look.
test.describe.configure({ mode: 'parallel' });

const defects = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>) =>
  violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)]);

/** Those of the level that is promised; their tag would bring the enhanced ones as well. */
const colourRules = ['color-contrast', 'link-in-text-block'];

const phone = { width: 390, height: 844 };
const widestPart =
  'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((part) => part.scrollWidth))';
const twoFrames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Opened once: both schemes differ in nothing but colours, and a phone in nothing but its width. */
for (const address of pages) {
  test(`${address.name} is free of accessibility defects, in light and in dark, and fits a phone and a finger`, async ({
    page,
    seen,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page, address, seen);
    const axe = new AxeBuilder({ page });
    expect(defects(await axe.analyze()), 'in light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    expect(defects(await axe.withRules(colourRules).analyze()), 'in dark').toEqual([]);

    await page.setViewportSize(phone);
    // What is drawn anew by what the program knows of its width is there a frame later.
    await page.evaluate(twoFrames);
    await expect.poll(() => page.evaluate(widestPart), 'scrolls sideways').toBeLessThanOrEqual(phone.width);
    await expect.poll(() => page.evaluate(smallTargets), 'too small for a finger').toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: phone, hasTouch: true });

  test('every page is reached from the bar and the menu', async ({ page }) => {
    await page.goto('/');
    const bar = page.getByRole('navigation', { name: 'Sections' });
    await bar.getByRole('link', { name: 'Jobs' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Jobs' })).toBeVisible();
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Audit log' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});
