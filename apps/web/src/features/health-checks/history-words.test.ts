import { expect, it } from 'vitest';
import type { Bucket, BucketState, StoredResult } from './history-buckets.js';
import { healthyShare, heldFor, historyWords, periodsOf, withLatest } from './history-words.js';

const hour = 3_600_000;
const now = Date.parse('2026-03-26T02:47:12.000Z');
const bucket = (state: BucketState, index: number, healthy = 12, unhealthy = 0): Bucket => ({
  fromMs: index * hour,
  toMs: (index + 1) * hour,
  healthy,
  unhealthy,
  state,
});
const result = (minutesAgo: number, healthy: boolean, suspect = false): StoredResult => ({
  healthy,
  suspect,
  reason: healthy ? 'ok' : 'status',
  detail: '',
  latency_ms: 1,
  checked_at: new Date(now - minutesAgo * 60_000).toISOString(),
});

it('joins hours that are alike', () => {
  const buckets = [
    bucket('healthy', 0),
    bucket('unhealthy', 1),
    bucket('unhealthy', 2),
    bucket('healthy', 3),
  ];
  expect(periodsOf(buckets)).toEqual([
    { state: 'healthy', fromMs: 0, toMs: hour },
    { state: 'unhealthy', fromMs: hour, toMs: 3 * hour },
    { state: 'healthy', fromMs: 3 * hour, toMs: 4 * hour },
  ]);
});

it('does not call nearly all of them all', () => {
  expect(healthyShare([bucket('mixed', 0, 9999, 1)])).toBe('99.9 %');
  expect(healthyShare([bucket('healthy', 0, 10_000, 0)])).toBe('100 %');
  expect(healthyShare([bucket('none', 0, 0, 0)])).toBeNull();
});

it('says the picture in a sentence', () => {
  const buckets = [bucket('healthy', 0), bucket('unhealthy', 1, 0, 12), bucket('none', 2, 0, 0)];
  expect(historyWords(buckets)).toBe('Last 4 days: 50 % of results healthy, 1 h unhealthy, 1 h no result');
  expect(historyWords([bucket('none', 0, 0, 0)])).toBe('Last 4 days: no result');
});

it('adds the latest result once', () => {
  const latest = {
    healthy: true,
    reason: 'ok',
    detail: '',
    latency_ms: 1,
    checked_at: result(1, true).checked_at,
  } as const;
  expect(withLatest([result(6, true)], latest)).toHaveLength(2);
  expect(withLatest([result(1, true)], latest)).toHaveLength(1);
  expect(withLatest([result(1, true)], null)).toHaveLength(1);
});

it.each([
  [-2_000, 'a moment'],
  [4_999, 'a moment'],
  [5_000, '5 s'],
  [90 * 60_000, '1 h 30 min'],
])('says for how long the state has been what it is, %i ms after it began', (heldMs, words) => {
  expect(heldFor({ since: new Date(now - heldMs).toISOString() }, now)).toBe(words);
});
