import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { LoopLag } from './loop-lag.js';

let now = 0;
let lag: LoopLag;
beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  lag = new LoopLag(() => now);
});
afterEach(() => {
  lag.stop();
  vi.useRealTimers();
});

function pass(ms: number, late = 0): void {
  now += ms + late;
  vi.advanceTimersByTime(ms);
}

test('counts what the loop was late, and nothing while it is on time', () => {
  pass(50);
  pass(50);
  expect(lag.totalMs).toBe(0);
  pass(50, 400);
  expect(lag.totalMs).toBe(400);
  pass(50);
  expect(lag.totalMs).toBe(400);
});

test('counts a block that has not ended yet', () => {
  now += 1_050;
  expect(lag.totalMs).toBe(1_000);
});
