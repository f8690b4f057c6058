import { describe, expect, test } from 'vitest';
import {
  minute,
  nothing,
  opensAt,
  policy,
  closesAt,
  reported,
  runIn,
  second,
  stepOf,
} from './run.fixture.js';
import type { Run } from './run.js';

const now = opensAt + 30 * second;
const overdueAt = (from: number) => from + policy.mostRunMs + policy.graceMs;
const dispatched = { kind: 'ended', wasDispatched: true };
const acknowledged = { kind: 'acknowledge' };
const silence = { kind: 'agent_silent', detail: 'no route' } as const;
const afterIt = (run: Run, changed: Partial<Run>): Run => ({ ...run, ...changed });

describe('dispatching', () => {
  const run = runIn('dispatching');
  const unreachable = runIn('dispatching', {
    ...{ reason: 'agent_unreachable', detail: 'no route', unreachableSince: opensAt + second },
  });

  test('the agent takes the order', () => {
    expect(stepOf(unreachable, { kind: 'order_accepted' }, now)).toEqual({
      changed: {
        ...{ status: 'running', acceptedAt: now, nextStepAt: now + policy.followMs },
        ...{ reason: null, detail: null, unreachableSince: null },
      },
      effects: [],
    });
  });

  test.each(['agent_busy', 'agent_unreachable', 'agent_refused'] as const)(
    'the agent cannot take it now (%s): back to the gate, and nothing was dispatched',
    (reason) => {
      const event = { kind: 'order_refused', isRetryable: true, reason, detail: 'later' } as const;
      expect(stepOf(unreachable, event, now)).toEqual({
        changed: {
          ...{ status: 'queued', detail: 'later', ...(reason !== 'agent_unreachable' && { reason }) },
          ...{ nextAttemptAt: now + policy.retryMs + policy.jitterMs, nextStepAt: null },
          ...{ dispatchedAt: null, unreachableSince: null },
        },
        effects: [],
      });
    },
  );

  test('the agent will never take it', () => {
    const event = { kind: 'order_refused', isRetryable: false, reason: 'agent_busy', detail: 'no' } as const;
    expect(stepOf(run, event, now)).toEqual({
      changed: { status: 'failed', reason: 'agent_refused', detail: 'no', nextStepAt: null, endedAt: now },
      effects: [dispatched],
    });
  });

  test('no answer is no failure: it is asked again', () => {
    expect(stepOf(run, silence, now)).toEqual({
      changed: {
        ...{ reason: 'agent_unreachable', detail: 'no route', unreachableSince: now },
        nextStepAt: now + policy.followMs,
      },
      effects: [],
    });
  });

  test('without an answer for longer than it may take, the outcome is unknown', () => {
    const last = overdueAt(opensAt);
    expect(stepOf(run, silence, last).changed).not.toHaveProperty('status');
    expect(stepOf(run, silence, last + 1)).toEqual({
      changed: {
        ...{ status: 'indeterminate', reason: 'unknown_outcome', detail: 'no route', endedAt: last + 1 },
        nextStepAt: last + 1 + policy.mostFollowMs,
      },
      effects: [dispatched],
    });
  });

  test.each(['accepted', 'running'] as const)('the agent has it: %s', (state) => {
    expect(stepOf(run, reported(state), now)).toEqual({
      changed: { status: 'running', acceptedAt: now, nextStepAt: now + policy.followMs },
      effects: [],
    });
  });

  test('the agent was done before anybody asked', () => {
    expect(stepOf(run, reported('succeeded'), now)).toMatchObject({ changed: { status: 'verifying' } });
  });

  test('the agent has cancelled it', () => {
    expect(stepOf(unreachable, reported('cancelled', { error: 'by request' }), now)).toEqual({
      changed: {
        ...{ status: 'cancelled', reason: 'cancelled', detail: 'by request', endedAt: now },
        ...{ nextStepAt: null, unreachableSince: null },
      },
      effects: [acknowledged, dispatched],
    });
  });

  test('nobody can tell what became of it', () => {
    expect(stepOf(run, { kind: 'outcome_lost', detail: 'another journal' }, now)).toEqual({
      changed: {
        ...{ status: 'indeterminate', reason: 'unknown_outcome', detail: 'another journal' },
        ...{ endedAt: now, nextStepAt: now + policy.mostFollowMs },
      },
      effects: [dispatched],
    });
  });

  test('a cancellation is asked of the agent', () => {
    expect(stepOf(run, { kind: 'cancel_requested' }, now)).toEqual({
      changed: { nextStepAt: now },
      effects: [{ kind: 'cancel_order' }],
    });
  });

  test('a look at its checks means nothing yet', () => {
    expect(stepOf(run, { kind: 'verified', verification: 'verified', detail: null }, now)).toEqual(nothing);
  });
});

describe('running', () => {
  const run = runIn('running');

  test('goes on', () => {
    expect(stepOf(run, reported('running'), now)).toEqual({
      changed: { nextStepAt: now + policy.followMs },
      effects: [],
    });
  });

  test('is reached again', () => {
    const lost = runIn('running', { reason: 'agent_unreachable', detail: 'gone', unreachableSince: opensAt });
    expect(stepOf(lost, reported('running'), now)).toEqual({
      changed: { reason: null, detail: null, unreachableSince: null, nextStepAt: now + policy.followMs },
      effects: [],
    });
  });

  test.each([
    ['at first after five seconds', now, policy.followMs],
    ['after as long again', now - 20 * second, 20 * second],
    ['at least every minute', now - 10 * minute, policy.mostFollowMs],
  ])('its agent is asked again %s', (_name, unreachableSince, wait) => {
    const { changed } = stepOf({ ...run, unreachableSince }, silence, now);
    expect(changed).toEqual({
      ...{ reason: 'agent_unreachable', detail: 'no route', nextStepAt: now + wait },
    });
  });

  test('its time counts from when it was taken', () => {
    const last = overdueAt(run.acceptedAt ?? 0);
    for (const event of [silence, reported('running'), reported('accepted')] as const) {
      expect(stepOf(run, event, last).changed).not.toHaveProperty('status');
      expect(stepOf(run, event, last + 1).changed).toMatchObject({
        ...{ status: 'indeterminate', reason: 'unknown_outcome', nextStepAt: last + 1 + policy.mostFollowMs },
      });
    }
  });

  test('that an agent is still at work long after it should have ended is said', () => {
    const { changed, effects } = stepOf(run, reported('running'), overdueAt(now));
    expect(changed.detail).toBe('the agent says that it is still at work, long after it should have ended');
    expect(effects).toEqual([dispatched]);
  });

  test('without any time to count from it is not overdue', () => {
    const timeless = { ...run, acceptedAt: null, dispatchedAt: null };
    expect(stepOf(timeless, silence, now).changed).not.toHaveProperty('status');
  });

  test('the machine restarts as it was ordered to', () => {
    expect(stepOf(run, reported('rebooting'), now)).toEqual({
      changed: {
        ...{ status: 'rebooting', reboot: 'pending', rebootUntil: now + policy.rebootMs },
        nextStepAt: now + policy.followMs,
      },
      effects: [],
    });
  });

  test('the packages could not be changed', () => {
    expect(stepOf(run, reported('failed', { error: 'dpkg: 100' }), now)).toEqual({
      changed: {
        ...{ status: 'failed', reason: 'patch_failed', detail: 'dpkg: 100', nextStepAt: null, endedAt: now },
      },
      effects: [acknowledged, dispatched],
    });
  });

  test.each([
    ['failed', closesAt, null],
    ['failed', closesAt + 1, 1],
    ['failed', closesAt + 5005, 6],
    ['succeeded', closesAt + 1500, 2],
    ['succeeded', closesAt, null],
  ] as const)('it is never interrupted: %s, and how far beyond its window is recorded', (state, at, late) => {
    const { changed } = stepOf(run, reported(state), at);
    expect(afterIt(run, changed).overranBySeconds).toBe(late);
  });

  test('without a known close nothing has overrun', () => {
    const { changed } = stepOf({ ...run, windowClosesAt: null }, reported('failed'), closesAt + minute);
    expect(changed).not.toHaveProperty('overranBySeconds');
  });

  test('the agent has cancelled it', () => {
    expect(stepOf(run, reported('cancelled'), now).changed).toMatchObject({ status: 'cancelled' });
  });

  test('nobody can tell what became of it', () => {
    const { changed } = stepOf(run, { kind: 'outcome_lost', detail: 'no memory' }, now);
    expect(changed).toMatchObject({ status: 'indeterminate', detail: 'no memory' });
  });

  test('a cancellation is asked of the agent', () => {
    expect(stepOf(run, { kind: 'cancel_requested' }, now)).toEqual({
      changed: { nextStepAt: now },
      effects: [{ kind: 'cancel_order' }],
    });
  });

  test.each([
    { kind: 'order_accepted' },
    { kind: 'order_refused', isRetryable: true, reason: 'agent_busy', detail: 'late' },
    { kind: 'verified', verification: 'regressed', detail: null },
  ] as const)('it never goes back to its gate: $kind', (event) => {
    expect(stepOf(run, event, now)).toEqual(nothing);
  });
});

describe('indeterminate', () => {
  const run = runIn('indeterminate');

  test('the agent is back and says that it succeeded; it is too late to verify that', () => {
    expect(stepOf(run, reported('succeeded'), now)).toEqual({
      changed: {
        ...{ status: 'succeeded', reason: null, detail: null, verification: 'none' },
        ...{ nextStepAt: null, endedAt: now },
      },
      effects: [acknowledged, dispatched],
    });
  });

  test('the agent is back and says that it failed', () => {
    expect(stepOf(run, reported('failed', { error: 'dpkg' }), now)).toEqual({
      changed: { status: 'failed', reason: 'patch_failed', detail: 'dpkg', nextStepAt: null, endedAt: now },
      effects: [acknowledged, dispatched],
    });
  });

  test('the agent is back and never began', () => {
    expect(stepOf(run, reported('cancelled'), now)).toEqual({
      changed: { status: 'cancelled', reason: 'cancelled', detail: null, nextStepAt: null, endedAt: now },
      effects: [acknowledged, dispatched],
    });
  });

  test.each(['accepted', 'running', 'rebooting'] as const)(
    'the agent is back and %s: it is asked again',
    (state) => {
      expect(stepOf(run, reported(state), now)).toEqual({
        changed: { nextStepAt: now + policy.mostFollowMs },
        effects: [],
      });
    },
  );

  test('no answer: it is asked again', () => {
    expect(stepOf(run, silence, now)).toEqual({
      changed: { nextStepAt: now + policy.mostFollowMs },
      effects: [],
    });
  });

  test.each([
    { kind: 'outcome_lost', detail: 'another journal' },
    { kind: 'quarantined', detail: 'five times' },
  ] as const)('$kind: it stays what it is, and nobody asks again', (event) => {
    expect(stepOf(run, event, now)).toEqual({ changed: { nextStepAt: null }, effects: [] });
  });

  test('what a person said of it stays, whatever the agent says', () => {
    const resolved = runIn('indeterminate', { isResolved: true });
    for (const event of [reported('failed'), silence, { kind: 'quarantined', detail: '' }] as const) {
      expect(stepOf(resolved, event, now)).toEqual(nothing);
    }
  });
});
