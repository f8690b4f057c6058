import { expect, test } from 'vitest';

import { checkState, UNHEALTHY } from './check-state.fixture.js';
import { notReadyReasons } from './readiness.js';

const serving = { lifecycle: 'serving', snapshotAgeMs: 0 } as const;

test('a serving process with healthy and degraded checks is ready', () => {
  const checks = [checkState(), checkState({ outcome: { status: 'degraded', reason: 'slow' } })];
  expect(notReadyReasons({ ...serving, checks })).toEqual([]);
});

test.each(['starting', 'draining'] as const)('a %s process is not ready', (lifecycle) => {
  expect(notReadyReasons({ ...serving, lifecycle, checks: [checkState()] })).toEqual([lifecycle]);
});

test('a snapshot of 20 s is fresh, an older one is not', () => {
  expect(notReadyReasons({ ...serving, snapshotAgeMs: 20_000, checks: [] })).toEqual([]);
  expect(notReadyReasons({ ...serving, snapshotAgeMs: 20_001, checks: [] })).toEqual(['snapshot_stale']);
});

test('one failure of a check that has worked is forgiven, the second is not', () => {
  const failed = (consecutiveFailures: number) => [checkState({ outcome: UNHEALTHY, consecutiveFailures })];
  expect(notReadyReasons({ ...serving, checks: failed(1) })).toEqual([]);
  expect(notReadyReasons({ ...serving, checks: failed(2) })).toEqual(['database: ECONNREFUSED']);
});

test('the first failure of a check that has never worked is not forgiven', () => {
  const checks = [checkState({ outcome: UNHEALTHY, consecutiveFailures: 1, hasSucceeded: false })];
  expect(notReadyReasons({ ...serving, checks })).toEqual(['database: ECONNREFUSED']);
});

test('a critical check that has not answered yet keeps the process from being ready', () => {
  expect(notReadyReasons({ ...serving, checks: [checkState({ outcome: null })] })).toEqual([
    'database: pending',
  ]);
});

test('checks that are not critical do not matter', () => {
  const failing = checkState({ critical: false, outcome: UNHEALTHY, consecutiveFailures: 9 });
  const pending = checkState({ critical: false, outcome: null });
  expect(notReadyReasons({ ...serving, checks: [failing, pending] })).toEqual([]);
});
