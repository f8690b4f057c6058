import type { Locator, Page } from '@playwright/test';
import {
  hourMs,
  resultsOfHours,
  writeResults,
} from '../apps/server/src/features/results/days-of-results.fixture.js';
import type {
  HourOfPolls,
  WrittenResult,
} from '../apps/server/src/features/results/days-of-results.fixture.js';
import { seedHosts } from '../apps/server/src/features/results/seed-hosts.fixture.js';
import { expect, test } from './patchgate.fixture.js';
import { connectAsWorker } from './worker-database.js';

/** Half an hour off from UTC and without summer time: a page that counts in another zone is seen. */
const timeZone = 'Asia/Kolkata';
test.use({ timezoneId: timeZone });

const hoursShown = 96;
/** What is written over what is shown: the page must not draw it. */
const hoursBefore = 6;

const hoursOf = (unlikeHealthy: Partial<Record<number, HourOfPolls>>): HourOfPolls[] => [
  ...Array.from({ length: hoursBefore }, () => 'unhealthy' as const),
  ...Array.from({ length: hoursShown }, (_, index) => unlikeHealthy[index] ?? 'healthy'),
];
const eventful = hoursOf({
  ...{ 10: 'unhealthy', 11: 'unhealthy', 20: 'mixed', 40: 'none', 41: 'none', 42: 'none' },
  ...{ 60: 'gap', 75: 'suspect', 90: 'unhealthy', 93: 'mixed', 94: 'mixed' },
});

test('four days of results are 96 bars that tell healthy, unhealthy and unknown apart, with their times', async ({
  page,
}) => {
  const { hostId, startMs, nowMs, written } = await seedHistories([hoursOf({}), eventful]);
  await page.clock.setFixedTime(nowMs);
  await page.goto(`/hosts/${hostId}`);
  const [steady, flipping] = [barsOf(page, 'check 1'), barsOf(page, 'check 2')];
  await expect(steady).toHaveAccessibleName('check 1. Last 4 days: 100 % of results healthy');
  expect(await drawnHours(steady)).toEqual(Array.from({ length: hoursShown }, () => 'healthy'));

  expect(await drawnHours(flipping)).toEqual(eventful.slice(hoursBefore).map(asDrawn));
  const share = shareOfHealthy(written[1] ?? [], startMs);
  await expect(flipping).toHaveAccessibleName(
    `check 2. Last 4 days: ${share} % of results healthy, 3 h unhealthy, 3 h unhealthy in part, ` +
      '1 h in part without a result, 4 h no result',
  );
  const [ok, bad, none] = [
    await colourOf(page, 'ok'),
    await colourOf(page, 'bad'),
    await colourOf(page, 'no'),
  ];
  expect(ok.indexOf(Math.max(...ok)), 'healthy is green').toBe(1);
  expect(bad.indexOf(Math.max(...bad)), 'unhealthy is red').toBe(0);
  expect(Math.max(...none) - Math.min(...none), 'no result is gray').toBeLessThan(40);

  await flipping.focus();
  const hour = (index: number) => startMs + (hoursBefore + index) * hourMs;
  await expect(page.getByRole('tooltip').getByRole('listitem')).toHaveText([
    periodOf(hour(93), hour(95), 'unhealthy in part'),
    periodOf(hour(90), hour(91), 'unhealthy'),
    periodOf(hour(75), hour(76), 'no result'),
    periodOf(hour(60), hour(61), 'in part without a result'),
    periodOf(hour(40), hour(43), 'no result'),
    periodOf(hour(20), hour(21), 'unhealthy in part'),
    'and 1 more before',
  ]);
  await page.keyboard.press('Escape');
  await steady.focus();
  await expect(page.getByRole('tooltip')).toHaveText('Healthy in every hour of the last 4 days');
});

async function seedHistories(lives: readonly HourOfPolls[][]) {
  const client = await connectAsWorker(process.env.PATCHGATE_E2E_DATA_DIR ?? '');
  try {
    const db = { query: (text: string, values: unknown[]) => client.query(text, values) };
    const [host] = await seedHosts(db, { hosts: 1, checksEach: lives.length });
    if (host === undefined) throw new Error('no host was seeded');
    await client.query(
      `UPDATE host_health_checks SET created_at = now() - interval '30 days' WHERE host_id = $1`,
      [host.id],
    );
    const nowMs = Date.now();
    const startMs = Math.floor(nowMs / hourMs) * hourMs - (hoursShown + hoursBefore - 1) * hourMs;
    const written = lives.map((hours, index) =>
      resultsOfHours(host.checkIds[index] ?? '', hours, { startMs, endMs: nowMs }),
    );
    await writeResults(db, written.flat());
    return { hostId: host.id, startMs, nowMs, written };
  } finally {
    await client.end();
  }
}

const barsOf = (page: Page, name: string): Locator =>
  page.getByRole('img', { name: new RegExp(`^${name}\\.`) });

const partOf = (bars: Locator, part: string): Locator => bars.locator(`path[data-part=${part}]`);

type Drawn = 'healthy' | 'unhealthy' | 'mixed' | 'gap' | 'none';

/** What nobody believes is not known. */
const asDrawn = (hour: HourOfPolls): Drawn => (hour === 'suspect' ? 'none' : hour);

/** Each hour of a picture by the shape of its bar, the oldest first; all that is drawn must be such a shape. */
async function drawnHours(bars: Locator): Promise<Drawn[]> {
  const shapes = new Map<number, string>();
  for (const part of ['ok', 'bad', 'no']) {
    const drawing = (await partOf(bars, part).getAttribute('d')) ?? '';
    for (const [, x, height] of drawing.matchAll(/M(\d+) \d+h3v(\d+)h-3z/g)) {
      const index = Number(x) / 4;
      shapes.set(index, `${shapes.get(index) ?? ''}${part}${Number(height) > 4 ? '+' : ''}`);
    }
  }
  const names: Record<string, Drawn> = {
    'ok+': 'healthy',
    'bad+': 'unhealthy',
    'ok+bad+': 'mixed',
    'no+': 'gap',
    no: 'none',
  };
  expect([...shapes.keys()].toSorted((one, other) => one - other)).toEqual([...Array(hoursShown).keys()]);
  return [...Array(hoursShown).keys()].map((index) => {
    const name = names[shapes.get(index) ?? ''];
    if (name === undefined) throw new Error(`no such bar: ${String(shapes.get(index))}`);
    return name;
  });
}

function shareOfHealthy(written: readonly WrittenResult[], startMs: number): string {
  const shown = written.filter(
    ({ suspect, checked_at: at }) => !suspect && at.getTime() >= startMs + hoursBefore * hourMs,
  );
  const healthy = shown.filter((result) => result.healthy).length;
  return String(Math.floor((1000 * healthy) / shown.length) / 10);
}

/** `26 Mar, 02:30 – 04:30: no result`, with both days where they differ, in the zone of the viewer. */
function periodOf(fromMs: number, toMs: number, words: string): RegExp {
  const [from, to] = [partsOf(fromMs), partsOf(toMs)];
  const end = from.day === to.day ? to.time : `${to.day}, ${to.time}`;
  // Browsers differ in the space around the dash.
  return new RegExp(`^${from.day}, ${from.time}\\s*–\\s*${end}: ${words}$`);
}

function partsOf(ms: number): { day: string; time: string } {
  const parts = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(new Date(ms));
  return {
    day: parts({ day: 'numeric', month: 'short' }),
    time: parts({ hour: '2-digit', minute: '2-digit' }),
  };
}

async function colourOf(page: Page, part: string): Promise<number[]> {
  const drawn = `[role=img] path[data-part=${part}]`;
  const colour = await page.evaluate(`getComputedStyle(document.querySelector('${drawn}')).fill`);
  return [...String(colour).matchAll(/\d+/g)].slice(0, 3).map(Number);
}
