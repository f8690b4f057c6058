import { expect, test } from 'vitest';

import type { CheckStatus } from './check-state.js';
import { freshForMs, hostStatus } from './host-status.js';

const now = new Date('2026-03-26T01:00:00.000Z');
const fresh = freshForMs(300_000, 10_000);
const check = (status: CheckStatus, ageMs = 0) => ({ status, lastResultAt: new Date(now.getTime() - ageMs) });

test('a result speaks for two intervals and the time of a probe', () => {
  expect(fresh).toBe(610_000);
});

test.each([
  ['no enabled check', [], 'none'],
  ['all healthy', [check('healthy'), check('healthy', fresh)], 'healthy'],
  ['one ill', [check('healthy'), check('unhealthy'), check('unknown')], 'unhealthy'],
  ['one not known', [check('healthy'), check('unknown')], 'unknown'],
  ['one never measured', [check('healthy'), { status: 'healthy', lastResultAt: null }], 'unknown'],
  ['one stale', [check('healthy'), check('healthy', fresh + 1)], 'unknown'],
  ['the only illness stale', [check('healthy'), check('unhealthy', fresh + 1)], 'unknown'],
  ['one ill beside a stale one', [check('unhealthy', fresh), check('healthy', fresh + 1)], 'unhealthy'],
] as const)('a host with %s', (_name, checks, expected) => {
  expect(hostStatus(checks, now, fresh)).toBe(expected);
});
