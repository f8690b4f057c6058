import fc from 'fast-check';
import { minute, second } from './run.fixture.js';
import type { GateConditions, RunEvent, WindowState } from './run-event.js';
import { isUndispatched } from './run.js';
import type { Run, RunPolicy } from './run.js';

/** An event that is made when its moment is known, and the run to which it happens. */
type EventAt = (now: number, run: Run) => RunEvent;
/** Something that happens after a while; `resolve` is a person's word on an outcome that nobody knows. */
export interface Moment {
  readonly waitMs: number;
  readonly event: EventAt | 'resolve';
}

const around = fc.integer({ min: -5 * minute, max: 120 * minute });
const often = fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.boolean());
const seldom = often.map((isOften) => !isOften);
const detail = fc.constantFrom(null, 'why');
const words = fc.constantFrom('why', 'because');

const windows: fc.Arbitrary<(now: number) => WindowState> = fc.oneof(
  {
    weight: 6,
    arbitrary: around.map((left) => (now: number) => ({ kind: 'open' as const, closesAt: now + left })),
  },
  around.map((left) => (now: number) => ({
    kind: 'blackout' as const,
    until: now + minute,
    closesAt: now + left,
  })),
  around.map((left) => (now: number) => ({
    ...{ kind: 'no_more_starts' as const, startsAgainAt: null, closesAt: now + left },
  })),
  around.map((left) => (now: number) => ({
    kind: 'before' as const,
    opensAt: now + minute,
    closesAt: now + left,
  })),
  fc.constant(() => ({ kind: 'closed' as const, reason: 'deadline_passed' as const })),
);

const conditions: fc.Arbitrary<(now: number) => GateConditions> = fc
  .record({
    ...{ isPaused: seldom, isCancelRequested: seldom, isAllowed: often, isItsTurn: often, hasSlot: often },
    ...{
      isWithinBudget: often,
      isOverridden: seldom,
      noChecks: fc.constantFrom('open', 'hold'),
      window: windows,
    },
  })
  .map(({ window, ...others }) => (now: number) => ({ ...others, window: window(now) }));

const attempts: fc.Arbitrary<EventAt> = fc
  .record({
    outcome: fc.constantFrom('pass', 'pass', 'pass', 'fail', 'error', 'no_checks'),
    tookMs: fc.integer({ min: 0, max: 20 * second }),
    conditions,
  })
  .map(({ outcome, tookMs, conditions: at }) => (now) => ({
    ...{ kind: 'attempted', startedAt: now - tookMs, outcome, hasChecks: outcome !== 'no_checks' },
    ...{ detail: outcome === 'pass' ? null : 'why', conditions: at(now) },
  }));

const reports: fc.Arbitrary<RunEvent> = fc.record({
  kind: fc.constant('agent_reported'),
  hasChecks: often,
  report: fc.record({
    state: fc.constantFrom(
      'accepted',
      'running',
      'rebooting',
      'succeeded',
      'succeeded',
      'failed',
      'cancelled',
    ),
    ...{ error: detail, rebootNeeded: fc.constantFrom(true, true, true, false, null), hasRebooted: seldom },
    ...{ rebootsItself: seldom, isRebootOff: seldom },
  }),
});

const accepted = fc.record({ kind: fc.constant('order_accepted' as const) });
const refused = fc.record({
  kind: fc.constant('order_refused' as const),
  isRetryable: often,
  reason: fc.constantFrom('agent_busy', 'agent_refused', 'agent_unreachable'),
  detail: words,
});
const silent = fc.record({ kind: fc.constant('agent_silent' as const), detail: words });
const looks = fc.record({
  kind: fc.constant('verified' as const),
  verification: fc.constantFrom(null, 'verified', 'regressed', 'pre_existing', 'none'),
  detail,
});

const plain: fc.Arbitrary<RunEvent> = fc.oneof(
  ...[accepted, refused, silent, looks],
  fc.record({ kind: fc.constant('released') }),
  fc.record({ kind: fc.constant('cancel_requested') }),
  fc.record({ kind: fc.constant('outcome_lost'), detail: words }),
  fc.record({
    kind: fc.constant('window_closed'),
    reason: fc.constantFrom('outside_window', 'no_window', 'deadline_passed'),
  }),
  fc.record({ kind: fc.constant('quarantined'), detail: words }),
);

const timed: fc.Arbitrary<EventAt> = fc.oneof(
  fc.integer({ min: 0, max: 20 * second }).map((tookMs) => (now: number) => ({
    ...{ kind: 'attempt_broke' as const, startedAt: now - tookMs, detail: 'lost' },
  })),
  fc
    .tuple(fc.constantFrom('blackout', 'job_paused', 'rights_lost'), detail, fc.option(around))
    .map(([reason, why, until]) => (now: number) => ({
      ...{ kind: 'held' as const, reason, detail: why, until: until === null ? null : now + until },
    })),
);

/** What may well happen to a run where it is, so that stories come far. */
const likely: fc.Arbitrary<EventAt> = fc
  .record({ attempt: attempts, report: reports, look: looks, order: fc.oneof(accepted, refused, silent) })
  .map(({ attempt, report, look, order }) => (now, run) => {
    if (isUndispatched(run.status)) return attempt(now, run);
    if (run.status === 'verifying') return look;
    return run.status === 'dispatching' ? order : report;
  });

const event: fc.Arbitrary<EventAt | 'resolve'> = fc.oneof(
  { weight: 24, arbitrary: likely },
  { weight: 2, arbitrary: attempts },
  { weight: 2, arbitrary: reports.map((report) => () => report) },
  { weight: 5, arbitrary: plain.map((any) => () => any) },
  { weight: 1, arbitrary: timed },
  { weight: 1, arbitrary: fc.constant('resolve' as const) },
);

/** Whatever may happen to a run, in any order: most of it means nothing where the run is. */
export const stories: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({
    waitMs: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: minute }) },
      fc.integer({ min: 0, max: 60 * minute }),
    ),
    event,
  }),
  { minLength: 1, maxLength: 25, size: 'max' },
);

const ms = (most: number) => fc.integer({ min: 1, max: most });
export const policies: fc.Arbitrary<RunPolicy> = fc.record({
  ...{
    retryMs: ms(10 * minute),
    jitterMs: fc.integer({ min: 0, max: 10 * second }),
    verifyMs: ms(10 * minute),
  },
  ...{
    verifyEveryMs: fc.integer({ min: second, max: minute }),
    mostRunMs: ms(60 * minute),
    graceMs: ms(5 * minute),
    rebootMs: ms(15 * minute),
  },
  ...{ followMs: fc.integer({ min: second, max: 5 * second }), allowReboot: fc.boolean() },
  mostFollowMs: fc.integer({ min: 5 * second, max: minute }),
});

/** A run whose window closes in time, late, or without a plan. */
export const windowEnds: fc.Arbitrary<Run['windowClosesAt']> = fc.option(
  fc.integer({ min: 10 * minute, max: 600 * minute }),
);
