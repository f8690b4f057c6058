import { describe, expect, test } from 'vitest';
import { forecast } from './forecast.js';
import type { BatchProgress, Pace } from './forecast.js';

const pace: Pace = { now: 1000, isPaused: false, maxInFlight: 2, medianRunMs: 100 };
const batch = (number: number, changes: Partial<BatchProgress> = {}): BatchProgress => ({
  ...{ batch: number, open: 3, opensAt: null, startedAt: null },
  ...changes,
});
const starts = (batches: readonly BatchProgress[], changes: Partial<Pace> = {}) =>
  Object.fromEntries(forecast(batches, { ...pace, ...changes }).startsAt);

describe('forecast', () => {
  test('each batch begins when those before it are through, as many at once as may be', () => {
    const both = [batch(1), batch(2)];
    expect(starts(both)).toEqual({ 1: 1000, 2: 1200 });
    expect(forecast(both, pace).endsAt).toBe(1400);
    expect(starts(both, { maxInFlight: 3 })).toEqual({ 1: 1000, 2: 1100 });
  });

  test('none begins before its window', () => {
    expect(starts([batch(1, { opensAt: 5000 }), batch(2, { opensAt: 10 })])).toEqual({ 1: 5000, 2: 5200 });
  });

  test('one that has begun is only waited for', () => {
    expect(starts([batch(1, { startedAt: 900 }), batch(2)])).toEqual({ 2: 1200 });
  });

  test('one that is through takes no time', () => {
    expect(starts([batch(1, { open: 0 }), batch(2)])).toEqual({ 2: 1000 });
  });

  test.each([
    ['behind a canary', [batch(0), batch(1)], {}, { 0: 1000, 1: null }],
    ['before a host has succeeded', [batch(1), batch(2)], { medianRunMs: null }, { 1: 1000, 2: null }],
    ['while it is paused', [batch(1), batch(2, { opensAt: 5000 })], { isPaused: true }, { 1: null, 2: null }],
  ] as const)('nothing is said %s', (_name, batches, changes, expected) => {
    expect(starts(batches, changes)).toEqual(expected);
    expect(forecast(batches, { ...pace, ...changes }).endsAt).toBeNull();
  });

  test('what is over has no end to come', () => {
    expect(forecast([batch(1, { open: 0 })], pace).endsAt).toBeNull();
    expect(forecast([batch(0, { open: 0 }), batch(1)], pace).endsAt).toBe(1200);
  });
});
