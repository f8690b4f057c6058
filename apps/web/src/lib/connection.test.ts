import { expect, it } from 'vitest';
import { afterLoss, stateOf } from './connection.js';

it('is live while nothing is lost', () => {
  expect(stateOf({ lostAtMs: null }, 500_000)).toBe('live');
});

it('reconnects for thirty seconds, then is offline', () => {
  const lost = afterLoss({ lostAtMs: null }, 2_000);
  expect(stateOf(lost, 31_999)).toBe('reconnecting');
  expect(stateOf(lost, 32_000)).toBe('offline');
});

it('counts from the first sign, however many follow', () => {
  expect(afterLoss(afterLoss({ lostAtMs: null }, 2_000), 20_000)).toEqual({ lostAtMs: 2_000 });
});
