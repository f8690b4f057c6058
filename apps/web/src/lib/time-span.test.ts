import { expect, test } from 'vitest';
import { percentOf, placeIn } from './time-span.js';

test('an instant stands where it belongs, and outside at the end that is nearer', () => {
  const span = { opensAt: 100, closesAt: 300 };
  expect([150, 100, 300, 20, 900].map((instant) => placeIn(span, instant))).toEqual([0.25, 0, 1, 0, 1]);
  expect(placeIn({ opensAt: 5, closesAt: 5 }, 5)).toBe(1);
});

test('a place is written as a style needs it', () => {
  expect(percentOf(1 / 3)).toBe('33.33%');
});
