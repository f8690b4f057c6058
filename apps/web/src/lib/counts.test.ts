import { expect, it } from 'vitest';
import { countOf, formatShare } from './counts.js';

it('counts one and many', () => {
  expect(countOf(1, 'host')).toBe('1 host');
  expect(countOf(1248, 'host')).toBe('1,248 hosts');
  expect(countOf(0, 'person', 'people')).toBe('0 people');
});

it('gives shares to a tenth, and none of nothing', () => {
  expect(formatShare(1171, 1248)).toBe('93.8 %');
  expect(formatShare(0, 0)).toBe('');
});
