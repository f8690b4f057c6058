import { expect, it } from 'vitest';
import { endingOf } from './certificate-ending.js';

const life = { not_before: '2031-01-01T00:00:00.000Z', not_after: '2031-03-02T00:00:00.000Z' };

it.each([
  ['2031-02-19T23:59:59.000Z', 'valid'],
  ['2031-02-20T00:00:01.000Z', 'ending'],
  ['2031-03-01T23:59:59.000Z', 'ending'],
  ['2031-03-02T00:00:00.000Z', 'ended'],
])('of 60 days at %s is %s', (now, ending) => {
  expect(endingOf(life, Date.parse(now))).toBe(ending);
});
