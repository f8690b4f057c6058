import { expect, test } from 'vitest';
import { formatCountdown } from './countdown.js';

const minute = 60_000;

test.each([
  ['minutes and seconds', 2 * minute + 52_000, '2:52'],
  ['hours with both places of the minutes', 60 * minute + 2 * minute + 8_000, '1:02:08'],
  ['days where seconds say nothing any more', (3 * 24 + 4) * 60 * minute, '3 d 4 h'],
  ['the last begun second as one', 1, '0:01'],
  ['nothing of what is past', -5_000, '0:00'],
])('a countdown shows %s', (_what, left, shown) => {
  expect(formatCountdown(left)).toBe(shown);
});
