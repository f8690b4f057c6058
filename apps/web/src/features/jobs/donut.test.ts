import { expect, test } from 'vitest';
import { arcsOf } from './donut.js';

const ring = { circumference: 100, gap: 2, least: 3 };
const parts = (...counts: number[]) => counts.map((count) => ({ count }));

test('arcs share the ring as their counts do, with a gap after each', () => {
  const [half, quarter, other] = arcsOf(parts(50, 25, 25), ring);
  expect(half).toMatchObject({ length: 47, offset: 0 });
  expect(quarter).toMatchObject({ length: 23.5, offset: 49 });
  expect(other).toMatchObject({ length: 23.5, offset: 74.5 });
});

test('one of thousands is still seen, and the ring stays a ring', () => {
  const arcs = arcsOf(parts(9_999, 1), ring);
  expect(arcs[1]?.length).toBe(3);
  expect(arcs.reduce((sum, { length }) => sum + length + ring.gap, 0)).toBeCloseTo(100);
});

test('a single state is a whole ring, and what does not occur has no arc', () => {
  expect(arcsOf(parts(0, 7, 0), ring)).toEqual([{ part: { count: 7 }, length: 100, offset: 0 }]);
  expect(arcsOf(parts(0, 0), ring)).toEqual([]);
});
