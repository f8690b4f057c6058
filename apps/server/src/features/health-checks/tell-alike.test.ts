import { expect, it } from 'vitest';
import { toldAtMs } from './tell-alike.js';

it.each([
  ['at once', 0, 10_000, 1_000],
  ['within a second', 999.9, 10_000, 1_000],
  ['after a slow resolver', 1_001, 10_000, 10_000],
  ['at the deadline', 10_000, 10_000, 10_000],
  ['late, because the process was busy', 10_400, 10_000, 10_400],
  ['under a deadline below a second', 3, 500, 500],
])('what is known %s is told at one of two instants', (_when, tookMs, deadlineMs, told) => {
  expect(toldAtMs(tookMs, deadlineMs)).toBe(told);
});
