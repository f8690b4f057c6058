import { describe, expect, test } from 'vitest';
import { obstacleOf } from './at-gate.js';
import { clear, closesAt, minute, opensAt, policy } from './run.fixture.js';
import type { GateConditions, WindowState } from './run-event.js';

const again = opensAt + minute;

describe('what is in the way without an attempt', () => {
  test('nothing, in an open window', () => {
    expect(obstacleOf(clear, opensAt, policy)).toBeNull();
  });

  test('a window that is over', () => {
    const window: WindowState = { kind: 'closed', reason: 'no_window' };
    expect(obstacleOf({ ...clear, window }, opensAt, policy)).toEqual({
      ...{ reason: 'outside_window', detail: null, until: null },
    });
  });

  test('rights come before a pause, and a pause before the window', () => {
    const window: WindowState = { kind: 'blackout', until: again, closesAt };
    const reasonOf = (conditions: Partial<GateConditions>) =>
      obstacleOf({ ...clear, ...conditions }, opensAt, policy)?.reason;
    expect(reasonOf({ isAllowed: false, isPaused: true, window })).toBe('rights_lost');
    expect(reasonOf({ isPaused: true, window })).toBe('job_paused');
  });
});
