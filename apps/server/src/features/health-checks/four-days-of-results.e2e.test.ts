import type { StoredResultView } from '@patchgate/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { hourMs, resultsOfHours, writeResults } from '../results/days-of-results.fixture.js';
import type { HourOfPolls, WrittenResult } from '../results/days-of-results.fixture.js';
import { PartitionTask } from '../results/partition.task.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';

const retentionHours = 96;
/** Two days more than are kept. */
const writtenHours = 144;
const now = new SystemClock().now();
const startMs = Math.floor(now.getTime() / hourMs) * hourMs - (writtenHours - 1) * hourMs;
/** The end of the retention moves on while this runs: no result is near it. */
const offsetMs = (now.getTime() + 150_000) % 300_000;

const hoursOf = (notHealthy: Partial<Record<number, HourOfPolls>>): HourOfPolls[] =>
  Array.from({ length: writtenHours }, (_, index) => notHealthy[index] ?? 'healthy');
/** A steady one, one that flips and is not asked at times, and one that nobody asked for two days. */
const lives: HourOfPolls[][] = [
  hoursOf({}),
  hoursOf({
    50: 'unhealthy',
    51: 'unhealthy',
    52: 'mixed',
    70: 'none',
    71: 'gap',
    90: 'suspect',
    143: 'mixed',
  }),
  Array.from({ length: writtenHours }, (_, index) => (index > 60 && index < 108 ? 'none' : 'healthy')),
];

let api: TestApi;
let hostId: string;
let written: WrittenResult[][];
beforeAll(async () => {
  api = await startTestApi();
  const db = api.app.get(DataSource);
  const [host] = await seedHosts(db, { hosts: 1, checksEach: lives.length });
  hostId = host!.id;
  written = host!.checkIds.map((checkId, index) =>
    resultsOfHours(checkId, lives[index]!, { startMs, offsetMs, endMs: now.getTime() }),
  );
  await writeResults(db, written.flat());
});
afterAll(() => api.close());

async function results(check: number, query = ''): Promise<StoredResultView[]> {
  const path = `/hosts/${hostId}/health-checks/${written[check]![0]!.check_id}/results`;
  const items: StoredResultView[] = [];
  let cursor = '';
  do {
    const page = await api.admin.ok(`${path}?limit=500${query}${cursor}`);
    items.push(...(page.items as StoredResultView[]));
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor as string}`;
  } while (cursor !== '');
  return items;
}

const asTold = (rows: readonly WrittenResult[]): StoredResultView[] =>
  rows
    .map(({ check_id: _id, ...row }) => ({
      ...row,
      detail: row.detail ?? '',
      checked_at: row.checked_at.toISOString(),
    }))
    .toReversed() as StoredResultView[];
const kept = (check: number): WrittenResult[] =>
  written[check]!.filter(({ checked_at }) => checked_at.getTime() >= now.getTime() - retentionHours * hourMs);

const partitions = async (): Promise<string[]> => {
  const rows = await api.app.get(DataSource).query<{ name: string }[]>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent = 'host_health_check_results'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};
const partitionOf = (ms: number): string =>
  `host_health_check_results_${new Date(ms).toISOString().slice(0, 13).replace(/[-T]/g, '')}`;
const hoursFrom = (fromMs: number, toMs: number): string[] =>
  Array.from({ length: Math.floor(toMs / hourMs) - Math.floor(fromMs / hourMs) + 1 }, (_, index) =>
    partitionOf(fromMs + index * hourMs),
  );
const prune = (atMs: number): Promise<void> =>
  new PartitionTask(api.app.get(DataSource), new MovedClock(new Date(atMs)), api.app.get(Logger), {
    resultRetentionMs: retentionHours * hourMs,
  }).run();

describe('H10 six days of results', () => {
  it('are told to the millisecond as far as the retention goes, though nothing is dropped yet', async () => {
    expect(await partitions()).toEqual(expect.arrayContaining(hoursFrom(startMs, now.getTime())));
    for (const check of lives.keys()) {
      expect(kept(check).length).toBeLessThan(written[check]!.length);
      expect(await results(check)).toEqual(asTold(kept(check)));
      // Asking for more does not bring back what is over.
      expect(await results(check, `&from=${new Date(startMs).toISOString()}`)).toEqual(asTold(kept(check)));
    }
  });

  it('are told hour by hour: a result at the first instant belongs to the hour, one at the last to the next', async () => {
    for (let hour = writtenHours - retentionHours + 1; hour < writtenHours; hour += 1) {
      const fromMs = startMs + hour * hourMs + offsetMs;
      const toMs = fromMs + hourMs;
      const query = `&from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}`;
      const inside = written[1]!.filter(({ checked_at }) => +checked_at >= fromMs && +checked_at < toMs);
      expect(await results(1, query)).toEqual(asTold(inside));
    }
  });

  it('lose exactly the partitions that are wholly older than the retention, and no page sees a difference', async () => {
    const oldestMs = now.getTime() - retentionHours * hourMs;
    const before = await Promise.all([...lives.keys()].map((check) => results(check)));
    await prune(now.getTime());
    // Made ahead by more than a day, so that a worker that is away loses nothing.
    expect(await partitions()).toEqual(hoursFrom(oldestMs, now.getTime() + 26 * hourMs));
    expect(await Promise.all([...lives.keys()].map((check) => results(check)))).toEqual(before);
    const [oldest] = await api.app
      .get(DataSource)
      .query<{ at: Date }[]>('SELECT min(checked_at) AS at FROM host_health_check_results');
    expect(partitionOf(oldest!.at.getTime())).toBe(partitionOf(oldestMs));
    await prune(now.getTime() + hourMs);
    expect(await partitions()).toEqual(hoursFrom(oldestMs + hourMs, now.getTime() + 27 * hourMs));
  });
});
