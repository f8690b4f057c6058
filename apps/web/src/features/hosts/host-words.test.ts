import { expect, it } from 'vitest';
import { checksSummary, systemOf } from './host-words.js';

it.each([
  [{ total: 0, healthy: 0, unhealthy: 0, unknown: 0 }, null],
  [{ total: 5, healthy: 3, unhealthy: 2, unknown: 0 }, '2 of 5 fail'],
  [{ total: 5, healthy: 3, unhealthy: 1, unknown: 1 }, '1 of 5 fail'],
  [{ total: 3, healthy: 2, unhealthy: 0, unknown: 1 }, '1 of 3 without a fresh result'],
  [{ total: 4, healthy: 4, unhealthy: 0, unknown: 0 }, '4 of 4 pass'],
])('sums up %o as %s', (checks, words) => {
  expect(checksSummary(checks)).toBe(words);
});

it('names the system as far as it is known', () => {
  expect(systemOf({ os: 'Debian', os_version: '12.13' })).toBe('Debian 12.13');
  expect(systemOf({ os: 'Debian', os_version: null })).toBe('Debian');
  expect(systemOf({ os: null, os_version: null })).toBeNull();
});
