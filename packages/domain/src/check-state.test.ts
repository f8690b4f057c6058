import { describe, expect, test } from 'vitest';

import { afterResult, isUnsettled } from './check-state.js';
import type { CheckState } from './check-state.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 26, 1, 0, second));
const unknown: CheckState = {
  status: 'unknown',
  since: at(0),
  consecutiveFailures: 0,
  consecutiveResults: 0,
};

function after(healthy: readonly boolean[], start = unknown): CheckState {
  return healthy.reduce(
    (state, each, index) => afterResult(state, { healthy: each, at: at(index + 1), isSuspect: false }),
    start,
  );
}

describe('the state of a check', () => {
  test('follows the latest result at once, both ways', () => {
    expect(after([true])).toMatchObject({ status: 'healthy', since: at(1), consecutiveFailures: 0 });
    expect(after([true, true, false])).toMatchObject({
      status: 'unhealthy',
      since: at(3),
      consecutiveFailures: 1,
    });
    expect(after([false, false, true])).toMatchObject({
      status: 'healthy',
      since: at(3),
      consecutiveFailures: 0,
    });
  });

  test('keeps since when it began, and counts', () => {
    expect(after([false, false, false])).toEqual({
      status: 'unhealthy',
      since: at(1),
      consecutiveFailures: 3,
      consecutiveResults: 3,
    });
  });

  test('is unsettled after a change until a second result agrees', () => {
    expect(isUnsettled(unknown)).toBe(false);
    expect(isUnsettled(after([true]))).toBe(true);
    expect(isUnsettled(after([true, true]))).toBe(false);
    expect(isUnsettled(after([true, true, false]))).toBe(true);
    expect(isUnsettled(after([true, true, false, false]))).toBe(false);
  });

  test('holds while the worker doubts itself', () => {
    const healthy = after([true, true]);
    expect(afterResult(healthy, { healthy: false, at: at(9), isSuspect: true })).toBe(healthy);
  });
});
