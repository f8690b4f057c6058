import { describe, expect, it } from 'vitest';
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

describe('since when', () => {
  const young = { status: 'unhealthy', created_at: new Date(now - 10 * hour).toISOString() } as const;
  const old = { status: 'healthy', created_at: new Date(now - 900 * hour).toISOString() } as const;

  it('is counted from the first result after the last change', () => {
    const results = [
      result(1, false),
      result(21, false),
      result(41, false),
      result(46, true),
      result(51, false),
    ];
    expect(heldFor(young, results, now)).toBe('41 min');
  });

  it('is at least the history where the history holds no change', () => {
    expect(heldFor(old, [result(1, true), result(95 * 60, true)], now)).toBe('at least 3 d 23 h');
    expect(heldFor({ ...young, status: 'healthy' }, [result(1, true), result(90, true)], now)).toBe(
      '1 h 30 min',
    );
  });

  it('is not known while the latest result says otherwise, or there is none', () => {
    expect(heldFor(old, [result(1, false), result(6, true)], now)).toBeNull();
    expect(heldFor({ ...old, status: 'unknown' }, [result(1, true)], now)).toBeNull();
    expect(heldFor(old, [], now)).toBeNull();
  });

  it('is not cut short by a result the worker doubted', () => {
    expect(
      heldFor(young, [result(1, false), result(6, true, true), result(11, false), result(16, true)], now),
    ).toBe('11 min');
  });
});
