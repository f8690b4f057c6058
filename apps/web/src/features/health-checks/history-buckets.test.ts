import { describe, expect, it } from 'vitest';
import { bucketsOf, historyHours } from './history-buckets.js';
import type { StoredResult } from './history-buckets.js';

const minute = 60_000;
const hour = 60 * minute;
const asOf = Date.parse('2026-03-26T02:47:12.000Z');
const thisHour = Date.parse('2026-03-26T02:00:00.000Z');
const rules = { pollIntervalMs: 5 * minute, checkTimeoutMs: 10_000 };
const longAgo = asOf - 30 * 24 * hour;

const result = (atMs: number, healthy = true, suspect = false): StoredResult => ({
  healthy,
  suspect,
  reason: healthy ? 'ok' : 'connect',
  detail: '',
  latency_ms: 3,
  checked_at: new Date(atMs).toISOString(),
});
const every = (stepMs: number, fromMs: number, toMs: number, healthy = true): StoredResult[] =>
  Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, index) =>
    result(fromMs + index * stepMs, healthy),
  );
const lastHours = (results: StoredResult[], count: number, createdAtMs = longAgo): string[] =>
  bucketsOf(results, { createdAtMs, asOfMs: asOf, rules })
    .slice(-count)
    .map((bucket) => bucket.state);

it('is one bar an hour over four days, on the hour, the current one last', () => {
  const buckets = bucketsOf([], { createdAtMs: longAgo, asOfMs: asOf, rules });
  expect(buckets).toHaveLength(historyHours);
  expect(buckets.at(-1)).toMatchObject({ fromMs: thisHour, toMs: thisHour + hour });
  expect(buckets[0]?.fromMs).toBe(thisHour - 95 * hour);
  expect(new Set(buckets.map((bucket) => bucket.state))).toEqual(new Set(['none']));
});

it('is healthy where every result of an hour is, in whatever order they come', () => {
  const results = every(5 * minute, thisHour - 2 * hour, asOf).toReversed();
  expect(lastHours(results, 3)).toEqual(['healthy', 'healthy', 'healthy']);
});

it('tells apart an hour that failed and one that failed in part', () => {
  const results = [
    ...every(5 * minute, thisHour - 2 * hour, thisHour - hour, false),
    ...every(5 * minute, thisHour - hour, asOf),
    result(thisHour + 7 * minute, false),
  ];
  expect(lastHours(results, 3)).toEqual(['unhealthy', 'healthy', 'mixed']);
  expect(bucketsOf(results, { createdAtMs: longAgo, asOfMs: asOf, rules }).at(-1)).toMatchObject({
    healthy: 10,
    unhealthy: 1,
  });
});

describe('what is stale or missing is never green:', () => {
  it('an hour without a result, though the hours around it are healthy', () => {
    const results = [
      ...every(5 * minute, thisHour - 2 * hour, thisHour - hour),
      ...every(5 * minute, thisHour, asOf),
    ];
    expect(lastHours(results, 3)).toEqual(['healthy', 'none', 'healthy']);
  });

  it('an hour in which nobody asked for longer than a result stays fresh', () => {
    const results = [
      ...every(5 * minute, thisHour - hour, thisHour - 40 * minute),
      ...every(5 * minute, thisHour - 25 * minute, asOf),
    ];
    expect(lastHours(results, 2)).toEqual(['gap', 'healthy']);
  });

  it('the current hour when its last result has gone stale', () => {
    const results = every(5 * minute, thisHour - 3 * hour, thisHour + 20 * minute);
    expect(lastHours(results, 1)).toEqual(['gap']);
  });

  it('an hour of results the worker itself doubted', () => {
    const doubted = every(5 * minute, thisHour, asOf).map((one) => ({ ...one, suspect: true }));
    expect(lastHours(doubted, 1)).toEqual(['none']);
  });

  it('a failure stays one, however little else is known of its hour', () => {
    expect(lastHours([result(thisHour + minute, false)], 1)).toEqual(['unhealthy']);
  });
});

it('misses nothing before the check was made', () => {
  const createdAt = thisHour - 30 * minute;
  expect(lastHours(every(5 * minute, createdAt, asOf), 3, createdAt)).toEqual(['none', 'healthy', 'healthy']);
});

it('takes one missed poll for what it is, also where polls are rarer', () => {
  expect(lastHours(every(25 * minute, thisHour - 4 * hour, asOf), 3)).toEqual([
    'healthy',
    'healthy',
    'healthy',
  ]);
  const missed = every(5 * minute, thisHour - hour, asOf).filter((_, index) => index !== 4);
  expect(lastHours(missed, 1)).toEqual(['healthy']);
});

it('is not fooled by second looks twenty seconds apart', () => {
  const looks = every(20_000, thisHour - hour, thisHour - hour + 2 * minute);
  const results = [...looks, ...every(5 * minute, thisHour - 55 * minute, asOf)];
  expect(lastHours(results, 2)).toEqual(['healthy', 'healthy']);
});
