import { expect, it } from 'vitest';
import { after, stateOf } from './connection.js';

const fresh = { isReachable: true, lastAnswerAtMs: null, lostAtMs: null };

it('is live while answers come', () => {
  expect(stateOf(after(fresh, true, 1000), 500_000)).toBe('live');
});

it('reconnects for thirty seconds, then calls it offline', () => {
  const lost = after(after(fresh, true, 1000), false, 2000);
  expect(stateOf(lost, 31_999)).toBe('reconnecting');
  expect(stateOf(lost, 32_000)).toBe('offline');
});

it('counts from the first failure, however many follow', () => {
  const lost = after(after(fresh, false, 2000), false, 20_000);
  expect(stateOf(lost, 32_000)).toBe('offline');
});

it('keeps when the last answer came, and is live again with the next', () => {
  const lost = after(after(fresh, true, 1000), false, 2000);
  expect(lost.lastAnswerAtMs).toBe(1000);
  expect(after(lost, true, 40_000)).toEqual({ isReachable: true, lastAnswerAtMs: 40_000, lostAtMs: null });
});
