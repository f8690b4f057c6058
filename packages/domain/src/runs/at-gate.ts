import { endRun } from './end-run.js';
import type { CloseReason, GateConditions, Hold, RunEvent, Transition, WindowState } from './run-event.js';
import type { RunReason } from './run-reason.js';
import type { Run, RunPolicy } from './run.js';
import type { AttemptOutcome } from './verdict.js';

type GateEvent = Extract<
  RunEvent,
  { kind: 'released' | 'held' | 'attempted' | 'attempt_broke' | 'window_closed' }
>;
type Attempted = Extract<RunEvent, { kind: 'attempted' }>;

/**
 * What an event makes of a run that was not dispatched.
 *
 * @param now milliseconds since 1970
 */
export function atGate(run: Run, event: GateEvent, policy: RunPolicy, now: number): Transition {
  switch (event.kind) {
    case 'released':
      return { run: { ...run, nextAttemptAt: now }, effects: [] };
    case 'held':
      return { run: held(run, event), effects: [] };
    case 'attempted':
      return afterAttempt(run, event, policy, now);
    case 'attempt_broke':
      // Whatever went wrong on our side, it is no reason to let anything through.
      return {
        run: {
          ...waiting(run, 'check_error', event.detail),
          attempts: run.attempts + 1,
          lastOutcome: 'error',
          nextAttemptAt: nextAttempt(event.startedAt, policy),
        },
        effects: [{ kind: 'record_attempt', outcome: 'error', heldBy: null }],
      };
    case 'window_closed':
      return close(run, event.reason, now);
  }
}

function afterAttempt(before: Run, event: Attempted, policy: RunPolicy, now: number): Transition {
  const { conditions, startedAt, detail } = event;
  const opens = mayOpen(event);
  const outcome: AttemptOutcome = opens && !opensByItself(event) ? 'overridden' : event.outcome;
  const run: Run = { ...before, attempts: before.attempts + 1, lastOutcome: outcome, detail };
  const record = (heldBy: RunReason | null) => ({ kind: 'record_attempt', outcome, heldBy }) as const;

  if (conditions.isCancelRequested) {
    return endRun(run, { status: 'cancelled', reason: 'cancelled', detail }, now, [record('cancelled')]);
  }
  if (conditions.window.kind === 'closed') {
    const { run: ended, effects } = close(run, conditions.window.reason, now);
    return { run: ended, effects: [record(ended.reason), ...effects] };
  }
  const { closesAt } = conditions.window;
  const hold = obstacleOf(conditions, startedAt, policy) ?? tooLate(before, closesAt, now);
  if (hold) return { run: held(run, hold), effects: [record(hold.reason)] };
  if (!opens) {
    const reason = reasonOf(event.outcome);
    return {
      run: { ...waiting(run, reason, detail), nextAttemptAt: nextAttempt(startedAt, policy) },
      effects: [record(null)],
    };
  }
  const late = lack(event, startedAt, policy);
  if (late) return { run: held(run, late), effects: [record(late.reason)] };
  return {
    run: {
      ...run,
      status: 'dispatching',
      reason: event.outcome === 'no_checks' ? 'no_checks' : null,
      nextAttemptAt: null,
      windowClosesAt: closesAt,
      nextStepAt: now,
      dispatchedAt: now,
    },
    effects: [record(null), { kind: 'send_order' }],
  };
}

/**
 * What keeps a run from starting whatever its checks say, so that they need not be asked; null when nothing does.
 *
 * @param startedAt when that was looked at, in milliseconds since 1970
 */
export function obstacleOf(
  conditions: Pick<GateConditions, 'isAllowed' | 'isPaused' | 'window'>,
  startedAt: number,
  policy: RunPolicy,
): Hold | null {
  if (!conditions.isAllowed) {
    const detail = 'whoever answers for the job may not command this host any more';
    return { reason: 'rights_lost', detail, until: nextAttempt(startedAt, policy) };
  }
  if (conditions.isPaused) return { reason: 'job_paused', detail: null, until: null };
  return windowHold(conditions.window);
}

/** What the windows have against a start; null when one is open. */
function windowHold(window: WindowState): Hold | null {
  switch (window.kind) {
    case 'open':
      return null;
    case 'blackout':
      return { reason: 'blackout', detail: null, until: window.until };
    case 'before':
      return { reason: 'outside_window', detail: null, until: window.opensAt };
    case 'no_more_starts':
      // Without another start it looks at the close, which ends it: a release would have it looked at again and again.
      return {
        reason: 'outside_window',
        detail: 'too near the close to start',
        until: window.startsAgainAt ?? window.closesAt,
      };
    case 'closed':
      return { reason: 'outside_window', detail: null, until: null };
  }
}

/**
 * A window that was looked up before the locks were waited for may have closed since, and so may the one the run was
 * planned for: a late green never starts. Whoever closes windows ends the run, and says why.
 */
const tooLate = ({ windowClosesAt }: Run, closesAt: number, now: number): Hold | null =>
  now < Math.min(closesAt, windowClosesAt ?? closesAt)
    ? null
    : { reason: 'outside_window', detail: null, until: now };

/** What a host whose gate would open still waits for: its place in the roll-out, which a release tells it of. */
function lack({ conditions }: Attempted, startedAt: number, policy: RunPolicy): Hold | null {
  if (!conditions.isWithinBudget) {
    const until = nextAttempt(startedAt, policy);
    return { reason: 'job_paused', detail: 'the failure budget is spent', until };
  }
  if (!conditions.isItsTurn) return { reason: 'batch_wait', detail: null, until: null };
  return conditions.hasSlot ? null : { reason: 'batch_wait', detail: 'no slot is free', until: null };
}

const opensByItself = ({ outcome, conditions }: Attempted): boolean =>
  outcome === 'pass' || (outcome === 'no_checks' && conditions.noChecks === 'open');

const mayOpen = (event: Attempted): boolean => opensByItself(event) || event.conditions.isOverridden;

function reasonOf(outcome: Attempted['outcome']): RunReason {
  switch (outcome) {
    case 'fail':
      return 'check_failed';
    case 'error':
      return 'check_error';
    case 'no_checks':
    case 'pass':
      return 'no_checks';
  }
}

const waiting = (run: Run, reason: RunReason, detail: string | null): Run => ({
  ...run,
  status: 'waiting_health_check',
  reason,
  detail,
});

/**
 * A host whose checks fail goes on waiting for them, whatever else holds it, and says to the end which they are; one that
 * is healthy waits in the queue.
 */
function held(run: Run, { reason, detail, until }: Hold): Run {
  const isRed = run.lastOutcome === 'fail' || run.lastOutcome === 'error';
  return {
    ...run,
    status: isRed ? 'waiting_health_check' : 'queued',
    reason,
    detail: isRed ? run.detail : detail,
    nextAttemptAt: until,
  };
}

/** From the start of the attempt, so that slow checks do not make the interval longer. */
const nextAttempt = (startedAt: number, { retryMs, jitterMs }: RunPolicy): number =>
  startedAt + retryMs + jitterMs;

/** Reasons that say what kept a healthy run waiting; the others have passed by the time its window closes. */
const lasting: readonly (RunReason | null)[] = [
  ...(['blackout', 'batch_wait', 'job_paused', 'rights_lost', 'no_checks'] as const),
  ...(['agent_busy', 'agent_unreachable', 'agent_refused'] as const),
];

function close(run: Run, reason: CloseReason, now: number): Transition {
  const { lastOutcome, detail } = run;
  if (lastOutcome === 'fail' || lastOutcome === 'error') {
    return endRun(run, { status: 'failed', reason: 'gate_window_closed', detail }, now);
  }
  const held = reason !== 'deadline_passed' && lasting.includes(run.reason);
  return endRun(run, { status: 'failed', reason: held ? run.reason : reason, detail }, now);
}
