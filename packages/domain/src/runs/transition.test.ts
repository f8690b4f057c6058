import { describe, expect, test } from 'vitest';
import { attempted, nothing, opensAt, reported, runIn, stepOf } from './run.fixture.js';
import type { RunEvent } from './run-event.js';
import { holdsHost, isInFlight, isTerminal, isUndispatched, runStatuses } from './run.js';
import type { RunStatus } from './run.js';

const now = opensAt;
const atGate: RunEvent[] = [
  { kind: 'released' },
  { kind: 'held', reason: 'blackout', detail: null, until: now },
  attempted('pass'),
  { kind: 'attempt_broke', startedAt: now, detail: 'lost' },
  { kind: 'window_closed', reason: 'outside_window' },
];
const atAgent: RunEvent[] = [
  { kind: 'order_accepted' },
  { kind: 'order_refused', isRetryable: false, reason: 'agent_refused', detail: 'no' },
  { kind: 'agent_silent', detail: 'no route' },
  reported('succeeded'),
  { kind: 'outcome_lost', detail: 'no memory' },
  { kind: 'verified', verification: 'verified', detail: null },
];
const anywhere: RunEvent[] = [{ kind: 'cancel_requested' }, { kind: 'quarantined', detail: 'five times' }];

const undispatched = ['queued', 'waiting_health_check'] as const;
const inFlight = ['dispatching', 'running', 'rebooting', 'verifying'] as const;
const terminal = ['succeeded', 'failed', 'cancelled'] as const;

describe.each(terminal)('%s', (status) => {
  test.each([...atGate, ...atAgent, ...anywhere])('is final: $kind changes nothing', (event) => {
    expect(stepOf(runIn(status), event, now)).toEqual(nothing);
  });
});

describe.each(undispatched)('%s', (status) => {
  test.each(atAgent)('no agent was told, so that $kind means nothing', (event) => {
    expect(stepOf(runIn(status), event, now)).toEqual(nothing);
  });

  test('a cancellation ends it at once', () => {
    const run = runIn(status, { nextAttemptAt: now + 1 });
    expect(stepOf(run, { kind: 'cancel_requested' }, now)).toEqual({
      changed: { status: 'cancelled', reason: 'cancelled', nextAttemptAt: null, endedAt: now },
      effects: [{ kind: 'ended', wasDispatched: false }],
    });
  });

  test('one that kills its workers is ended: nothing was changed on its host', () => {
    expect(stepOf(runIn(status), { kind: 'quarantined', detail: 'five times' }, now)).toEqual({
      changed: { status: 'failed', reason: 'quarantined', detail: 'five times', endedAt: now },
      effects: [{ kind: 'ended', wasDispatched: false }],
    });
  });
});

describe.each(inFlight)('%s', (status) => {
  test.each(atGate)('it is past its gate: $kind changes nothing', (event) => {
    expect(stepOf(runIn(status), event, now)).toEqual(nothing);
  });

  test('one that kills its workers is ended, and what became of it is not known', () => {
    expect(stepOf(runIn(status), { kind: 'quarantined', detail: 'five times' }, now + 1)).toEqual({
      changed: {
        ...{ status: 'indeterminate', reason: 'quarantined', detail: 'five times' },
        ...{ nextStepAt: null, endedAt: now + 1 },
      },
      effects: [{ kind: 'ended', wasDispatched: true }],
    });
  });
});

describe('indeterminate', () => {
  test.each([...atGate, { kind: 'cancel_requested' }, { kind: 'order_accepted' }] as const)(
    '$kind cannot tell what became of it',
    (event) => {
      expect(stepOf(runIn('indeterminate'), event, now)).toEqual(nothing);
    },
  );
});

describe('the kinds of status', () => {
  test('each is of one kind', () => {
    const kinds = (status: RunStatus) => ({
      ...{ undispatched: isUndispatched(status), inFlight: isInFlight(status), terminal: isTerminal(status) },
    });
    const none = { undispatched: false, inFlight: false, terminal: false };
    for (const status of undispatched) expect(kinds(status)).toEqual({ ...none, undispatched: true });
    for (const status of inFlight) expect(kinds(status)).toEqual({ ...none, inFlight: true });
    for (const status of terminal) expect(kinds(status)).toEqual({ ...none, terminal: true });
    expect(kinds('indeterminate')).toEqual(none);
    expect([...undispatched, ...inFlight, ...terminal, 'indeterminate'].toSorted()).toEqual(
      runStatuses.toSorted(),
    );
  });

  test.each(runStatuses)('%s keeps its host as long as something may be done to it', (status) => {
    const isOver = terminal.some((end) => end === status);
    expect(holdsHost({ status, isResolved: false })).toBe(!isOver);
    if (status === 'indeterminate') expect(holdsHost({ status, isResolved: true })).toBe(false);
  });
});
