import { describe, expect, test } from 'vitest';
import { batchOf, pauseAfter, rollOutState } from './roll-out.js';
import type { BatchCount, RollOut } from './roll-out.js';
import { runStatuses } from './run.js';
import type { RunStatus } from './run.js';

const rollOut: RollOut = {
  ...{ isPaused: false, maxInFlight: 3, maxFailures: 1, failuresAccepted: 0, isCanaryAccepted: false },
};
const runs = (batch: number, status: RunStatus, changes: Partial<BatchCount> = {}): BatchCount => ({
  ...{ batch, status, isReady: false, count: 1 },
  wasDispatched: status !== 'queued' && status !== 'waiting_health_check',
  ...changes,
});
const ready = (batch: number) => runs(batch, 'queued', { isReady: true });

describe('slots', () => {
  test.each(['dispatching', 'running', 'rebooting', 'verifying'] as const)('%s takes one', (status) => {
    expect(rollOutState(rollOut, [runs(1, status, { count: 2 })]).freeSlots).toBe(1);
  });

  test.each(['queued', 'waiting_health_check', 'succeeded', 'failed', 'cancelled', 'indeterminate'] as const)(
    '%s takes none',
    (status) => {
      expect(rollOutState(rollOut, [runs(1, status, { count: 2 })]).freeSlots).toBe(3);
    },
  );

  test('there are never fewer than none', () => {
    expect(rollOutState(rollOut, [runs(1, 'running', { count: 4 })]).freeSlots).toBe(0);
  });
});

describe('failures', () => {
  test('those of dispatched runs count, and outcomes that nobody knows', () => {
    const counts = [runs(1, 'failed', { count: 2 }), runs(2, 'indeterminate', { wasDispatched: false })];
    expect(rollOutState(rollOut, counts)).toMatchObject({ failures: 3, isWithinBudget: false });
  });

  test('a host that was not touched has not failed', () => {
    const counts = [runs(1, 'failed', { wasDispatched: false }), runs(1, 'succeeded'), runs(1, 'cancelled')];
    expect(rollOutState(rollOut, counts)).toMatchObject({ failures: 0, isWithinBudget: true });
  });

  test('as many as are allowed are within the budget', () => {
    expect(rollOutState(rollOut, [runs(1, 'failed')]).isWithinBudget).toBe(true);
    expect(rollOutState(rollOut, [runs(1, 'failed', { count: 2 })]).isWithinBudget).toBe(false);
  });

  test('those that a person accepted are not counted again, and are no credit', () => {
    const resumed = { ...rollOut, failuresAccepted: 2 };
    expect(rollOutState(resumed, [runs(1, 'failed', { count: 3 })])).toMatchObject({ failures: 1 });
    expect(rollOutState(resumed, [runs(1, 'succeeded')])).toMatchObject({ failures: 0 });
  });
});

describe('the open batch', () => {
  const rest = [ready(1), ready(2), ready(3)];
  const open = (counts: readonly BatchCount[], changes: Partial<RollOut> = {}) =>
    rollOutState({ ...rollOut, ...changes }, counts).openBatch;

  test.each(runStatuses)('a canary that is %s', (status) => {
    expect(open([runs(0, status), runs(0, 'succeeded'), ...rest])).toBe(status === 'succeeded' ? 1 : 0);
  });

  test.each(runStatuses)('a canary that is %s and was accepted', (status) => {
    const isOver = ['succeeded', 'failed', 'cancelled', 'indeterminate'].includes(status);
    expect(open([runs(0, status), ...rest], { isCanaryAccepted: true })).toBe(isOver ? 1 : 0);
  });

  test.each(runStatuses)('a first batch that is %s', (status) => {
    const isUnderWay = ['dispatching', 'running', 'rebooting', 'verifying'].includes(status);
    expect(open([runs(1, status), ready(2), ready(3)])).toBe(isUnderWay ? 1 : 2);
  });

  test('what could start holds the next batch up; what waits for its gate or its window does not', () => {
    expect(open(rest)).toBe(1);
    expect(open([runs(1, 'queued'), runs(1, 'waiting_health_check'), ready(2), ready(3)])).toBe(2);
    expect(open([runs(1, 'waiting_health_check', { isReady: true }), ready(2)])).toBe(1);
    expect(open([runs(1, 'failed', { isReady: true }), ready(2), ready(3)])).toBe(2);
  });

  test('the last is as far as it goes', () => {
    expect(open([runs(1, 'succeeded'), runs(2, 'succeeded'), runs(3, 'succeeded')])).toBe(3);
    expect(open([runs(0, 'succeeded')])).toBe(1);
    expect(open([])).toBe(1);
  });

  test('groups of no runs are none', () => {
    expect(open([runs(0, 'failed', { count: 0 }), runs(1, 'running', { count: 0 }), ready(2)])).toBe(2);
  });
});

describe('a pause', () => {
  const within = rollOutState(rollOut, []);
  const spent = { ...within, failures: 2, isWithinBudget: false };
  const pause = (changes: Partial<RollOut>, state = within, batch = 0, status: RunStatus = 'failed') =>
    pauseAfter({ ...rollOut, ...changes }, state, { batch, status: status as 'failed' });

  test.each(['failed', 'cancelled', 'indeterminate'] as const)('comes when a canary is %s', (status) => {
    expect(pause({}, within, 0, status)).toBe('canary_failed');
    expect(pause({}, spent, 0, status)).toBe('canary_failed');
    expect(pause({}, within, 1, status)).toBeNull();
  });

  test('comes when the budget is spent', () => {
    expect(pause({}, spent, 1)).toBe('budget_spent');
    expect(pause({ isCanaryAccepted: true }, spent, 0)).toBe('budget_spent');
    expect(pause({}, spent, 0, 'succeeded')).toBe('budget_spent');
  });

  test('does not come for a canary that was accepted or has succeeded', () => {
    expect(pause({ isCanaryAccepted: true })).toBeNull();
    expect(pause({}, within, 0, 'succeeded')).toBeNull();
  });

  test('does not come twice', () => {
    expect(pause({ isPaused: true }, spent)).toBeNull();
  });
});

test.each([
  [{ canary: 2, batchSize: 3 }, [0, 0, 1, 1, 1, 2, 2, 2, 3]],
  [{ canary: 0, batchSize: 2 }, [1, 1, 2, 2]],
  [{ canary: 1, batchSize: null }, [0, 1, 1, 1]],
])('the batches of %j', (how, batches) => {
  expect(batches.map((_, position) => batchOf(position, how))).toEqual(batches);
});
