import { describe, expect, test } from 'vitest';
import { attempted, closesAt, minute, opensAt, policy, runIn, second, stepOf } from './run.fixture.js';
import type { GateConditions, RunEvent, WindowState } from './run-event.js';
import type { Run } from './run.js';

const probed = opensAt + 4 * second;
const again = opensAt + policy.retryMs + policy.jitterMs;
const recorded = (outcome: string, heldBy: string | null = null) => ({
  ...{ kind: 'record_attempt', outcome, heldBy },
});
const notDispatched = { kind: 'ended', wasDispatched: false };
const started = {
  ...{ status: 'dispatching', dispatchedAt: probed, nextStepAt: probed, attempts: 1 },
};
const lostRights = 'whoever answers for the job may not command this host any more';

/** What stands in the way of a start whatever the checks say, and when the gate is asked again. */
const obstacles: [string, Partial<GateConditions>, object][] = [
  ['lost rights', { isAllowed: false }, { reason: 'rights_lost', detail: lostRights, nextAttemptAt: again }],
  ['a paused job', { isPaused: true }, { reason: 'job_paused', detail: null, nextAttemptAt: null }],
  [
    'a blackout',
    { window: { kind: 'blackout', until: opensAt + minute, closesAt } },
    { reason: 'blackout', detail: null, nextAttemptAt: opensAt + minute },
  ],
  [
    'a window that has not opened',
    { window: { kind: 'before', opensAt: opensAt + 2 * minute, closesAt } },
    { reason: 'outside_window', detail: null, nextAttemptAt: opensAt + 2 * minute },
  ],
  [
    'a close that is too near',
    { window: { kind: 'no_more_starts', startsAgainAt: null, closesAt } },
    { reason: 'outside_window', detail: 'too near the close to start', nextAttemptAt: closesAt },
  ],
  [
    'a close that is too near until the next occurrence',
    { window: { kind: 'no_more_starts', startsAgainAt: opensAt + minute, closesAt } },
    { reason: 'outside_window', detail: 'too near the close to start', nextAttemptAt: opensAt + minute },
  ],
  [
    'a window that closed while the locks were waited for',
    { window: { kind: 'open', closesAt: probed } },
    { reason: 'outside_window', detail: null, nextAttemptAt: probed },
  ],
];

/** Where it stands in the roll-out; asked for only when its gate would open. */
const lacks: [string, Partial<GateConditions>, object][] = [
  [
    'a budget that is spent',
    { isWithinBudget: false },
    { reason: 'job_paused', detail: 'the failure budget is spent', nextAttemptAt: again },
  ],
  [
    'a batch that is not reached',
    { isItsTurn: false },
    { reason: 'batch_wait', detail: null, nextAttemptAt: null },
  ],
  [
    'no free slot',
    { hasSlot: false },
    { reason: 'batch_wait', detail: 'no slot is free', nextAttemptAt: null },
  ],
];

const after = (run: Run, event: RunEvent, now = probed) => {
  const { changed, effects } = stepOf(run, event, now);
  return { run: { ...run, ...changed }, changed, effects };
};

describe('queued', () => {
  const released = runIn('queued', { nextAttemptAt: opensAt });

  test('is released: its gate is asked now', () => {
    expect(stepOf(runIn('queued'), { kind: 'released' }, probed)).toEqual({
      changed: { nextAttemptAt: probed },
      effects: [],
    });
  });

  test('all of its checks pass: its agent is told', () => {
    expect(stepOf(released, attempted('pass'), probed)).toEqual({
      changed: { ...started, lastOutcome: 'pass', nextAttemptAt: null },
      effects: [recorded('pass'), { kind: 'send_order' }],
    });
  });

  test('it takes over the close of the window as it is now', () => {
    const window: WindowState = { kind: 'open', closesAt: closesAt - minute };
    expect(after(released, attempted('pass', { window })).changed).toMatchObject({
      windowClosesAt: closesAt - minute,
    });
  });

  test.each([
    ['fail', 'check_failed'],
    ['error', 'check_error'],
  ] as const)(
    'its checks %s: it waits for them, five minutes from the start of the attempt',
    (outcome, reason) => {
      expect(stepOf(released, attempted(outcome), probed)).toEqual({
        changed: {
          ...{ status: 'waiting_health_check', reason, detail: 'db: refused', attempts: 1 },
          ...{ lastOutcome: outcome, nextAttemptAt: again },
        },
        effects: [recorded(outcome)],
      });
    },
  );

  test('no check is enabled: the gate opens and says so', () => {
    expect(stepOf(released, attempted('no_checks'), probed)).toEqual({
      changed: { ...started, lastOutcome: 'no_checks', reason: 'no_checks', nextAttemptAt: null },
      effects: [recorded('no_checks'), { kind: 'send_order' }],
    });
  });

  test('no check is enabled and the setting holds such hosts: it waits', () => {
    expect(stepOf(released, attempted('no_checks', { noChecks: 'hold' }), probed)).toEqual({
      changed: {
        ...{ status: 'waiting_health_check', reason: 'no_checks', attempts: 1, lastOutcome: 'no_checks' },
        nextAttemptAt: again,
      },
      effects: [recorded('no_checks')],
    });
  });

  test('an admin lets it through all the same, and that there was no check is still said', () => {
    expect(
      stepOf(released, attempted('no_checks', { noChecks: 'hold', isOverridden: true }), probed),
    ).toEqual({
      changed: { ...started, lastOutcome: 'overridden', reason: 'no_checks', nextAttemptAt: null },
      effects: [recorded('overridden'), { kind: 'send_order' }],
    });
  });

  test.each(['fail', 'error'] as const)(
    'an override opens it though checks %s, with the evidence',
    (outcome) => {
      expect(stepOf(released, attempted(outcome, { isOverridden: true }), probed)).toEqual({
        changed: { ...started, lastOutcome: 'overridden', detail: 'db: refused', nextAttemptAt: null },
        effects: [recorded('overridden'), { kind: 'send_order' }],
      });
    },
  );

  test.each(['open', 'hold'] as const)('an override of what passes is none (no checks: %s)', (noChecks) => {
    expect(after(released, attempted('pass', { isOverridden: true, noChecks })).run).toMatchObject({
      ...{ status: 'dispatching', lastOutcome: 'pass', detail: null },
    });
  });

  test('its cancellation comes before anything else', () => {
    const everything = Object.assign(
      {},
      ...[...obstacles, ...lacks].map(([, conditions]) => conditions),
    ) as object;
    for (const outcome of ['pass', 'fail'] as const) {
      const event = attempted(outcome, { ...everything, isCancelRequested: true });
      expect(stepOf(released, event, probed)).toEqual({
        changed: {
          ...{ status: 'cancelled', reason: 'cancelled', attempts: 1, lastOutcome: outcome, endedAt: probed },
          ...{ nextAttemptAt: null, ...(outcome === 'fail' && { detail: 'db: refused' }) },
        },
        effects: [recorded(outcome, 'cancelled'), notDispatched],
      });
    }
  });

  test.each([...obstacles, ...lacks])('healthy, it is held by %s', (_name, conditions, hold) => {
    const { run, effects } = after(released, attempted('pass', conditions));
    expect(run).toMatchObject({ ...hold, status: 'queued', attempts: 1, lastOutcome: 'pass' });
    expect(run).toMatchObject({ dispatchedAt: null, nextStepAt: null, endedAt: null });
    expect(effects).toEqual([recorded('pass', run.reason)]);
  });

  test.each([...obstacles, ...lacks])('an override does not lift %s', (_name, conditions, hold) => {
    const { run, effects } = after(released, attempted('fail', { ...conditions, isOverridden: true }));
    expect(run).toMatchObject({ ...hold, status: 'queued', lastOutcome: 'overridden' });
    expect(effects).toEqual([recorded('overridden', run.reason)]);
  });

  test('a window that was planned and is over is not outlived by a later one', () => {
    const run = runIn('queued', { nextAttemptAt: opensAt, windowClosesAt: probed });
    const { changed, effects } = after(run, attempted('pass'));
    expect(changed).toMatchObject({ reason: 'outside_window', nextAttemptAt: probed });
    expect(effects).toEqual([recorded('pass', 'outside_window')]);
  });

  test('a run without a plan goes by the window as it is now', () => {
    const run = runIn('queued', { windowClosesAt: null });
    expect(after(run, attempted('pass')).run).toMatchObject({
      status: 'dispatching',
      windowClosesAt: closesAt,
    });
  });

  test('its window was over when the attempt was: a late green ends as the window says', () => {
    const window: WindowState = { kind: 'closed', reason: 'deadline_passed' };
    expect(stepOf(released, attempted('pass', { window }), probed)).toEqual({
      changed: {
        ...{ status: 'failed', reason: 'deadline_passed', attempts: 1, lastOutcome: 'pass', endedAt: probed },
        nextAttemptAt: null,
      },
      effects: [recorded('pass', 'deadline_passed'), notDispatched],
    });
  });

  test('its window was over, and its checks were red: the gate had not opened', () => {
    const window: WindowState = { kind: 'closed', reason: 'outside_window' };
    const { changed, effects } = after(released, attempted('fail', { window }));
    expect(changed).toMatchObject({ status: 'failed', reason: 'gate_window_closed', detail: 'db: refused' });
    expect(effects).toEqual([recorded('fail', 'gate_window_closed'), notDispatched]);
  });

  test('an exception anywhere in an attempt closes the gate', () => {
    expect(stepOf(released, { kind: 'attempt_broke', startedAt: opensAt, detail: 'lost' }, probed)).toEqual({
      changed: {
        ...{ status: 'waiting_health_check', reason: 'check_error', detail: 'lost', attempts: 1 },
        ...{ lastOutcome: 'error', nextAttemptAt: again },
      },
      effects: [recorded('error')],
    });
  });

  test('something is in the way: it is held without an attempt', () => {
    const event = { kind: 'held', reason: 'blackout', detail: 'until ten', until: again } as const;
    expect(stepOf(released, event, probed)).toEqual({
      changed: { reason: 'blackout', detail: 'until ten', nextAttemptAt: again },
      effects: [],
    });
  });
});

describe('waiting_health_check', () => {
  const waiting = runIn('waiting_health_check', { nextAttemptAt: opensAt });

  test('its checks pass by now: its agent is told, and nothing is left of what failed', () => {
    expect(stepOf(waiting, attempted('pass'), probed)).toEqual({
      changed: {
        ...started,
        ...{ attempts: 2, lastOutcome: 'pass', reason: null, detail: null, nextAttemptAt: null },
      },
      effects: [recorded('pass'), { kind: 'send_order' }],
    });
  });

  test('its checks pass by now, and something else holds it: it is in the queue', () => {
    expect(after(waiting, attempted('pass', { hasSlot: false })).run).toMatchObject({
      ...{ status: 'queued', reason: 'batch_wait', detail: 'no slot is free' },
    });
  });

  test.each(obstacles)(
    'red, it goes on waiting for its checks while held by %s',
    (_name, conditions, hold) => {
      for (const outcome of ['fail', 'error'] as const) {
        const { run, effects } = after(waiting, attempted(outcome, conditions));
        expect(run).toMatchObject({
          ...hold,
          ...{ status: 'waiting_health_check', detail: 'db: refused', lastOutcome: outcome, attempts: 2 },
        });
        expect(effects).toEqual([recorded(outcome, run.reason)]);
      }
    },
  );

  test('red, it is held without an attempt and still says which checks fail', () => {
    const event = { kind: 'held', reason: 'rights_lost', detail: lostRights, until: again } as const;
    expect(stepOf(waiting, event, probed)).toEqual({
      changed: { reason: 'rights_lost', nextAttemptAt: again },
      effects: [],
    });
    const broken = runIn('waiting_health_check', { lastOutcome: 'error' });
    expect(after(broken, event).run).toMatchObject({ status: 'waiting_health_check', detail: 'web: 503' });
  });

  test('a turn of the roll-out does not matter to a host that is red', () => {
    const event = attempted('fail', { hasSlot: false, isItsTurn: false, isWithinBudget: false });
    expect(after(waiting, event).run).toMatchObject({ reason: 'check_failed', nextAttemptAt: again });
  });
});
