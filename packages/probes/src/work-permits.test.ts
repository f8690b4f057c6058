import { expect, test, vi } from 'vitest';

import { WorkPermits } from './work-permits.js';

test('as many work at once as there are permits; the others come in their order', async () => {
  const permits = new WorkPermits(2);
  const order: number[] = [];
  const leaves = await Promise.all([permits.enter(), permits.enter()]);
  const waiting = [3, 4].map(async (name) => {
    const leave = await permits.enter();
    order.push(name);
    return leave;
  });
  expect(permits.waiting).toBe(2);
  leaves[0]();
  leaves[0]();
  const third = await waiting[0];
  expect(order).toEqual([3]);
  third?.();
  await waiting[1];
  expect(order).toEqual([3, 4]);
});

test('who only waits for a peer loses the permit', async () => {
  vi.useFakeTimers();
  try {
    const permits = new WorkPermits(1);
    const idle = await permits.enter();
    const next = permits.enter();
    vi.advanceTimersByTime(250);
    const leave = await next;
    idle();
    const third = permits.enter();
    expect(permits.waiting).toBe(1);
    leave();
    await third;
  } finally {
    vi.useRealTimers();
  }
});
