import { expect, test } from 'vitest';

import { applyGrace, NO_OUTAGE } from './grace.js';

const DOWN = { status: 'unhealthy', reason: 'worker_down' } as const;
const UP = { status: 'healthy' } as const;

/** The statuses shown when the raw outcomes arrive at the given milliseconds, with 30 s of grace. */
function shown(...observed: [atMs: number, outcome: typeof DOWN | typeof UP][]): string[] {
  let outage = NO_OUTAGE;
  return observed.map(([atMs, outcome]) => {
    const next = applyGrace(outcome, outage, atMs, 30_000);
    outage = next.outage;
    return next.outcome.status;
  });
}

test('an outage is degraded for 30 s and unhealthy after', () => {
  expect(shown([0, UP], [1000, DOWN], [31_000, DOWN], [31_001, DOWN])).toEqual([
    'healthy',
    'degraded',
    'degraded',
    'unhealthy',
  ]);
});

test('the reason stays the same while it is tolerated', () => {
  expect(applyGrace(DOWN, NO_OUTAGE, 0, 30_000).outcome).toEqual({
    status: 'degraded',
    reason: 'worker_down',
  });
});

test('a crash loop is one outage: short recoveries do not start the 30 s anew', () => {
  expect(shown([0, DOWN], [5000, UP], [14_000, DOWN], [25_000, UP], [31_000, DOWN])).toEqual([
    'degraded',
    'healthy',
    'degraded',
    'healthy',
    'unhealthy',
  ]);
});

test('after 10 s of steady work the next outage has its own 30 s', () => {
  expect(shown([0, DOWN], [40_000, DOWN], [41_000, UP], [51_000, UP], [52_000, DOWN])).toEqual([
    'degraded',
    'unhealthy',
    'healthy',
    'healthy',
    'degraded',
  ]);
});

test('without grace an unhealthy outcome is unhealthy at once', () => {
  expect(applyGrace(DOWN, NO_OUTAGE, 0, 0).outcome).toEqual(DOWN);
});
