import { describe, expect, test } from 'vitest';

import { decideOrder } from './decide-order.js';
import { decideReboot } from './decide-reboot.js';
import { isTooLate } from './decide-start.js';
import { newOrder } from './order.fixture.js';
import type { RunEntry, RunStage } from './run-entry.js';

const now = new Date('2026-01-01T12:00:00.000Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const result = { exit_code: 0, error: null, reboot_needed: true, ended_at: later(0) };

function entryOf(stage: RunStage, given: Partial<RunEntry> = {}): RunEntry {
  return {
    ...{ runId: 'run', order: newOrder({ fence: 3 }), fence: 3, acceptedAt: later(-5), bootIdBefore: 'boot' },
    ...{ acceptedUptimeSeconds: 1000, startedAt: null, isAcknowledged: false, stage },
    ...given,
  };
}

const ended = entryOf({ kind: 'ended', at: later(0), result, bootId: 'boot' });
const cancelled = entryOf({ kind: 'cancelled', at: later(0) });

describe('an order', () => {
  const order = newOrder({ fence: 3, not_after: later(1) });

  test.each([
    ['is accepted on an idle host', order, undefined, null, { kind: 'accept' }],
    ['finds another run under way', order, undefined, 'other', { kind: 'busy', runId: 'other' }],
    [
      'comes too late before it finds the host busy',
      { ...order, not_after: later(-1) },
      undefined,
      'other',
      { kind: 'too_late' },
    ],
    [
      'is accepted in the last millisecond',
      { ...order, not_after: now.toISOString() },
      undefined,
      null,
      { kind: 'accept' },
    ],
    [
      'is the same run again, however late',
      { ...order, not_after: later(-1) },
      ended,
      null,
      { kind: 'replay', raisesFence: false },
    ],
    ['raises the fence', { ...order, fence: 4 }, ended, null, { kind: 'replay', raisesFence: true }],
    ['from the past is stale', { ...order, fence: 2 }, ended, null, { kind: 'stale_fence', fence: 3 }],
    [
      'of something else conflicts, whatever its fence',
      newOrder({ fence: 9, allow_reboot: true }),
      ended,
      null,
      { kind: 'conflict' },
    ],
    ['of a cancelled run is refused', { ...order, fence: 9 }, cancelled, null, { kind: 'cancelled' }],
    ['of a tombstone is refused', order, { ...cancelled, order: null }, null, { kind: 'cancelled' }],
  ] as const)('%s', (_name, given, entry, activeRunId, decision) => {
    expect(decideOrder(given, { entry, activeRunId, now })).toEqual(decision);
  });
});

describe('a run that was accepted', () => {
  const run = { order: newOrder({ not_after: later(60), valid_for_ms: 600_000 }), acceptedAt: later(-5) };
  const before = { ...run, bootIdBefore: 'boot', acceptedUptimeSeconds: 1000 };

  test.each([
    ['may start in time', before, { now, bootId: 'boot', uptimeSeconds: 1300 }, false],
    [
      'may not after the window',
      { ...before, order: newOrder({ not_after: later(-1) }) },
      { now, bootId: 'boot', uptimeSeconds: 1300 },
      true,
    ],
    [
      'may not when its time is over',
      { ...before, acceptedAt: later(-11) },
      { now, bootId: 'boot', uptimeSeconds: 1300 },
      true,
    ],
    [
      'may not when its time is over though somebody set the clock back',
      before,
      { now, bootId: 'boot', uptimeSeconds: 1602 },
      true,
    ],
    [
      'is judged by the wall clock alone in another boot',
      before,
      { now, bootId: 'other', uptimeSeconds: 9000 },
      false,
    ],
  ])('%s', (_name, accepted, time, expected) => {
    expect(isTooLate(accepted, time)).toBe(expected);
  });
});

describe('a restart of the host', () => {
  const allowed = newOrder({ allow_reboot: true, reboot_delay_seconds: 60 });

  test.each([
    ['follows when it is needed and allowed', allowed, result, { kind: 'reboot', dueAt: new Date(later(1)) }],
    [
      'follows up to its deadline',
      { ...allowed, reboot_not_after: later(1) },
      result,
      { kind: 'reboot', dueAt: new Date(later(1)) },
    ],
    [
      'does not when it would be after its deadline',
      { ...allowed, reboot_not_after: later(0) },
      result,
      { kind: 'too_late' },
    ],
    ['does not when it is not needed', allowed, { ...result, reboot_needed: false }, { kind: 'none' }],
    ['does not when nobody knows', allowed, { ...result, reboot_needed: null }, { kind: 'none' }],
    ['does not when it is not allowed', newOrder(), result, { kind: 'none' }],
    ['does not after a failure', allowed, { ...result, exit_code: 100 }, { kind: 'none' }],
    ['does not after what never started', allowed, { ...result, exit_code: null }, { kind: 'none' }],
  ])('%s', (_name, order, given, decision) => {
    expect(decideReboot(order, given, now)).toEqual(decision);
  });
});
