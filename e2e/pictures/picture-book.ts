import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../../.cache/screenshots');
const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };

const looks = {
  desk: { ...desk, colorScheme: 'light' },
  dark: { ...desk, colorScheme: 'dark' },
  phone: { ...phone, colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>;

export type Look = keyof typeof looks;

/** Opens pages in each look with the same session and keeps a picture of each under `<page>.<state>.<look>.png`. */
export class PictureBook {
  readonly #pages = new Map<Look, Page>();

  constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  async page(look: Look): Promise<Page> {
    const known = this.#pages.get(look);
    if (known !== undefined) return known;
    const context = await this.browser.newContext({ ...looks[look], baseURL: this.origin });
    const page = await context.newPage();
    this.#pages.set(look, page);
    return page;
  }

  /** Gives every look the session of one. */
  async share(from: Look): Promise<void> {
    const { cookies } = await (await this.page(from)).context().storageState();
    for (const look of Object.keys(looks) as Look[]) {
      if (look !== from) await (await this.page(look)).context().addCookies(cookies);
    }
  }

  /**
   * @param prepare brings the page into the state to be shown; it waits for that state itself
   */
  async take(
    name: string,
    prepare: (page: Page) => Promise<void>,
    only: readonly Look[] = ['desk', 'phone'],
  ): Promise<void> {
    for (const look of only) {
      const page = await this.page(look);
      await prepare(page);
      if (look === 'phone') await expectNoSidewaysScroll(page, name);
      await page.screenshot({ path: path.join(directory, `${name}.${look}.png`), animations: 'disabled' });
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
  }
}

async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const widest = await page.evaluate(
    'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((part) => part.scrollWidth))',
  );
  expect.soft(widest, `${name} at 390 pixels`).toBeLessThanOrEqual(390);
}
