import { expect, test } from 'vitest';
import { spanOf } from './roll-out-span.js';

const at = (time: string) => `2026-03-26T${time}:00.000Z`;
const open = {
  created_at: at('00:10'),
  window_opens_at: at('01:00'),
  window_closes_at: at('03:00'),
  ended_at: null,
  expected_end_at: null,
};

test('a roll-out that goes on has the time of its windows', () => {
  expect(spanOf(open, [])).toEqual({ opensAt: Date.parse(at('01:00')), closesAt: Date.parse(at('03:00')) });
});

test('one that is over is shown from its first start to its end', () => {
  const over = { ...open, window_opens_at: null, window_closes_at: null, ended_at: at('02:20') };
  const batches = [
    { batch: 0, started_at: at('01:02'), expected_at: null },
    { batch: 1, started_at: null, expected_at: null },
  ];
  expect(spanOf(over, batches)).toEqual({
    opensAt: Date.parse(at('01:02')),
    closesAt: Date.parse(at('02:20')),
  });
});

test('without a window there is no time to show', () => {
  expect(spanOf({ ...open, window_closes_at: null }, [])).toBeNull();
});
