import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryJitterMs } from './retry-jitter.js';

const fiveMinutes = 300_000;

/** Ids of version 7 that were made within one millisecond differ in their last parts only. */
const idOf = (index: number): string =>
  `019aa5e0-7c00-7${(index & 0xfff).toString(16).padStart(3, '0')}-8000-${index.toString(16).padStart(12, '0')}`;

test('it is the same for a run each time, and the same everywhere', () => {
  // The hash of the empty text and of "a" are those of the draft: 811c9dc5 and e40c292c.
  expect(retryJitterMs('', fiveMinutes)).toBe(0x811c9dc5 % 10_000);
  expect(retryJitterMs('a', fiveMinutes)).toBe(0xe40c292c % 10_000);
  expect(retryJitterMs('foobar', fiveMinutes)).toBe(0xbf9cf968 % 10_000);
});

test('it is below ten seconds, and a tenth of a shorter interval', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 1_000_000 }), (id, retryMs) => {
      const jitterMs = retryJitterMs(id, retryMs);
      expect(Number.isInteger(jitterMs)).toBe(true);
      expect(jitterMs).toBeGreaterThanOrEqual(0);
      expect(jitterMs).toBeLessThan(Math.max(1, Math.min(10_000, Math.round(retryMs / 10))));
    }),
  );
});

test.each([100_000, 100_010])('of the interval %i on it reaches ten seconds', (retryMs) => {
  const most = Math.max(...Array.from({ length: 20_000 }, (_, index) => retryJitterMs(idOf(index), retryMs)));
  expect(most).toBeGreaterThan(9_900);
  expect(most).toBeLessThan(10_000);
});

test('an interval of nothing has no jitter', () => {
  expect([retryJitterMs('a', 0), retryJitterMs('b', 4), retryJitterMs('c', 14)]).toEqual([0, 0, 0]);
});

test('ten thousand runs that were made together spread over the ten seconds', () => {
  const seconds = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index += 1) {
    const second = Math.floor(retryJitterMs(idOf(index), fiveMinutes) / 1000);
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  // Chi-squared of nine degrees of freedom: one in a million even spreads is beyond 45.
  const deviation = seconds.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(seconds).toHaveLength(10);
  expect(deviation).toBeLessThan(45);
});
