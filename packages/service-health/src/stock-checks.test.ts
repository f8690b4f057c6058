import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

import { expect, test, vi } from 'vitest';

import { eventLoopCheck } from './event-loop-check.js';
import { memoryCheck, memoryOutcome } from './memory-check.js';

const signal = new AbortController().signal;

test.each([
  [50, 50, { status: 'healthy' }],
  [85, 10, { status: 'healthy' }],
  [86, 10, { status: 'degraded', reason: 'heap' }],
  [96, 10, { status: 'unhealthy', reason: 'heap' }],
  [10, 86, { status: 'degraded', reason: 'resident' }],
  [90, 96, { status: 'unhealthy', reason: 'resident' }],
])('memory with %s %% of the heap and %s %% of the machine used is %j', (heap, resident, expected) => {
  const use = { heapUsedBytes: heap, heapLimitBytes: 100, residentBytes: resident, availableBytes: 100 };
  expect(memoryOutcome(use)).toEqual(expected);
});

test('memory reads this process, within the limit of its container', async () => {
  const source = (constrained: number) => ({
    memoryUsage: process.memoryUsage,
    constrainedMemory: () => constrained,
  });
  expect(await memoryCheck(source(0)).check(signal)).not.toHaveProperty('reason', 'unspecified');
  expect(await memoryCheck(source(1)).check(signal)).toEqual({ status: 'unhealthy', reason: 'resident' });
});

test.each([
  [20, { status: 'healthy' }],
  [400, { status: 'degraded', reason: 'delayed' }],
  [3000, { status: 'unhealthy', reason: 'delayed' }],
])('an event loop delayed by %s ms is %j, and is judged anew each time', async (delayMs, expected) => {
  const recorded = createHistogram();
  const histogram = Object.assign(recorded, { enable: () => true, disable: () => true });
  const check = eventLoopCheck(histogram as never);
  recorded.record(delayMs * 1e6);
  expect(await check.check(signal)).toEqual(expected);
  expect(await check.check(signal)).toEqual({ status: 'healthy' });
});

test('event_loop sees this process block its loop', async () => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  const check = eventLoopCheck(histogram);
  await vi.waitFor(() => expect(histogram.count).toBeGreaterThan(0));
  const until = performance.now() + 400;
  while (performance.now() < until);
  await vi.waitFor(() => expect(histogram.max).toBeGreaterThan(300e6));
  expect(await check.check(signal)).not.toEqual({ status: 'healthy' });
  check.close();
});
