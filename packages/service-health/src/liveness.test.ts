import { expect, test } from 'vitest';

import { checkState, UNHEALTHY } from './check-state.fixture.js';
import { notLiveReasons } from './liveness.js';

const serving = { lifecycle: 'serving', nowMs: 100_000, servingSinceMs: 0, snapshotAgeMs: 0 } as const;
const hungTick = checkState({
  name: 'tick',
  scope: 'process',
  excusedBy: 'database',
  outcome: { status: 'unhealthy', reason: 'hung' },
});

test('a failing check of scope service never makes the process not live', () => {
  const checks = [checkState({ outcome: UNHEALTHY, consecutiveFailures: 1000 })];
  expect(notLiveReasons({ ...serving, checks })).toEqual([]);
});

test('an unhealthy check of scope process makes the process not live', () => {
  expect(notLiveReasons({ ...serving, checks: [hungTick] })).toEqual(['tick: hung']);
});

test('a degraded process stays live', () => {
  const degraded = { ...hungTick, outcome: { status: 'degraded', reason: 'failing' } } as const;
  expect(notLiveReasons({ ...serving, checks: [degraded] })).toEqual([]);
});

test('a draining process stays live whatever its checks and its refresher do', () => {
  const draining = { ...serving, lifecycle: 'draining', snapshotAgeMs: 60_000 } as const;
  expect(notLiveReasons({ ...draining, checks: [hungTick] })).toEqual([]);
});

test('a refresher stuck for more than 30 s makes the process not live, even while it starts', () => {
  const starting = { ...serving, lifecycle: 'starting', servingSinceMs: null, checks: [] } as const;
  expect(notLiveReasons({ ...starting, snapshotAgeMs: 30_000 })).toEqual([]);
  expect(notLiveReasons({ ...starting, snapshotAgeMs: 30_001 })).toEqual(['refresher: stuck']);
});

test('a check of scope process counts only after 30 s of serving', () => {
  const checks = [hungTick];
  expect(notLiveReasons({ ...serving, servingSinceMs: null, checks })).toEqual([]);
  expect(notLiveReasons({ ...serving, servingSinceMs: 70_000, checks })).toEqual([]);
  expect(notLiveReasons({ ...serving, servingSinceMs: 69_999, checks })).toEqual(['tick: hung']);
});

test('a tick that hangs on a failing database is excused until 30 s after the database is back', () => {
  const down = checkState({ outcome: UNHEALTHY, lastUnhealthyAtMs: 10_000 });
  expect(notLiveReasons({ ...serving, checks: [down, hungTick] })).toEqual([]);
  const justBack = checkState({ lastUnhealthyAtMs: 70_000 });
  expect(notLiveReasons({ ...serving, checks: [justBack, hungTick] })).toEqual([]);
  const longBack = checkState({ lastUnhealthyAtMs: 69_999 });
  expect(notLiveReasons({ ...serving, checks: [longBack, hungTick] })).toEqual(['tick: hung']);
  expect(notLiveReasons({ ...serving, checks: [checkState(), hungTick] })).toEqual(['tick: hung']);
});
