import { runStatus } from '@patchgate/contracts';
import type { RunStatusName } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { failuresOf, notEndedOf, orderInShort, timeOf } from './jobs-words.js';

const none = Object.fromEntries(runStatus.options.map((status) => [status, 0])) as Record<
  RunStatusName,
  number
>;
const counts = (changed: Partial<typeof none>) => ({ run_counts: { ...none, ...changed } });
const now = Date.parse('2026-03-26T01:47:12Z');
const at = {
  ended_at: null,
  deadline_at: null,
  window_opens_at: '2026-03-26T01:00:00.000Z',
  window_closes_at: '2026-03-26T03:00:00.000Z',
};

it.each([
  ['security', null, [], 'Security only'],
  ['all', null, ['linux-image', 'grub'], 'All, without 2'],
  ['named', ['openssl'], [], 'openssl'],
  ['named', ['openssl', 'curl'], [], '2 packages'],
] as const)('says of %s %j without %j: %s', (selection, packages, exclude, words) => {
  const named = packages === null ? null : [...packages];
  expect(orderInShort({ selection, packages: named, exclude: [...exclude] })).toBe(words);
});

it('says failures against their budget, and when it is spent', () => {
  const job = { ...counts({ failed: 1, indeterminate: 1 }), failures: 2, max_failures: 1 };
  expect(failuresOf(job)).toEqual({ text: '2 of 1', isSpent: true, hasAny: true });
  const well = { text: '0 of 3', isSpent: false, hasAny: false };
  expect(failuresOf({ ...counts({}), failures: 0, max_failures: 3 })).toEqual(well);
});

it('says who has not ended', () => {
  const job = counts({ dispatching: 1, running: 1, waiting_health_check: 4, queued: 17, succeeded: 3 });
  expect(notEndedOf(job)).toBe('2 at work, 4 at gate, 17 queued');
  expect(notEndedOf(counts({ succeeded: 3, indeterminate: 1 }))).toBeNull();
});

it('says when it opens, closes or ended', () => {
  expect(timeOf(at, now, 'UTC')).toBe('closes Thu 03:00');
  expect(timeOf({ ...at, window_opens_at: '2026-03-27T21:00:00.000Z' }, now, 'UTC')).toBe('opens Fri 21:00');
  expect(timeOf({ ...at, ended_at: '2026-03-26T01:30:00.000Z' }, now, 'UTC')).toBe('ended Thu 01:30');
  const bare = { ...at, window_opens_at: null, window_closes_at: null };
  expect(timeOf({ ...bare, deadline_at: '2026-03-26T02:30:00.000Z' }, now, 'UTC')).toBe('closes Thu 02:30');
  expect(timeOf(bare, now, 'UTC')).toBe('no window');
});
