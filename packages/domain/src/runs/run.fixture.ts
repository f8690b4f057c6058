import type { AgentReport, GateConditions, RunEffect, RunEvent } from './run-event.js';
import type { Run, RunPolicy, RunStatus } from './run.js';
import { transition } from './transition.js';

/** The window of these runs opens here. */
export const opensAt = Date.UTC(2026, 0, 15, 22);
export const second = 1000;
export const minute = 60 * second;
export const closesAt = opensAt + 120 * minute;

export const policy: RunPolicy = {
  ...{ retryMs: 5 * minute, jitterMs: 7 * second, verifyMs: 10 * minute, verifyEveryMs: 20 * second },
  ...{ mostRunMs: 60 * minute, graceMs: 2 * minute, rebootMs: 15 * minute },
  ...{ followMs: 5 * second, mostFollowMs: minute, allowReboot: true },
};

const fresh: Run = {
  ...{ status: 'queued', reason: null, detail: null, attempts: 0, lastOutcome: null, nextAttemptAt: null },
  ...{ windowClosesAt: closesAt, nextStepAt: null, dispatchedAt: null, acceptedAt: null },
  ...{ unreachableSince: null, reboot: null, rebootUntil: null, verifyUntil: null, verification: null },
  ...{ overranBySeconds: null, endedAt: null, isResolved: false },
};
const ordered = { attempts: 1, lastOutcome: 'pass', dispatchedAt: opensAt, nextStepAt: opensAt } as const;
const accepted = { ...ordered, acceptedAt: opensAt + second } as const;
const ended = { ...accepted, nextStepAt: null, endedAt: opensAt + minute } as const;

const typical: Record<RunStatus, Partial<Run>> = {
  queued: {},
  waiting_health_check: { reason: 'check_failed', detail: 'web: 503', attempts: 1, lastOutcome: 'fail' },
  dispatching: ordered,
  running: accepted,
  rebooting: { ...accepted, reboot: 'pending', rebootUntil: opensAt + 16 * minute },
  verifying: { ...accepted, reboot: 'not_needed', verifyUntil: opensAt + 11 * minute },
  succeeded: { ...ended, verification: 'verified' },
  failed: { ...ended, reason: 'patch_failed' },
  cancelled: { ...ended, reason: 'cancelled' },
  indeterminate: { ...ended, reason: 'unknown_outcome', detail: 'no answer', nextStepAt: opensAt + minute },
};

/** A run that has come there in the usual way. */
export const runIn = (status: RunStatus, changes: Partial<Run> = {}): Run => ({
  ...fresh,
  ...typical[status],
  status,
  ...changes,
});

/** Nothing is in the way. */
export const clear: GateConditions = {
  ...{ isPaused: false, isCancelRequested: false, window: { kind: 'open', closesAt }, isAllowed: true },
  ...{ isItsTurn: true, hasSlot: true, isWithinBudget: true, isOverridden: false, noChecks: 'open' },
};

type Attempted = Extract<RunEvent, { kind: 'attempted' }>;

/** An attempt that began as the window opened. */
export const attempted = (
  outcome: Attempted['outcome'],
  conditions: Partial<GateConditions> = {},
): Attempted => ({
  ...{ kind: 'attempted', startedAt: opensAt, outcome, hasChecks: outcome !== 'no_checks' },
  detail: outcome === 'fail' || outcome === 'error' ? 'db: refused' : null,
  conditions: { ...clear, ...conditions },
});

export const reported = (
  state: AgentReport['state'],
  { hasChecks = true, ...report }: Partial<AgentReport> & { hasChecks?: boolean } = {},
): Extract<RunEvent, { kind: 'agent_reported' }> => ({
  ...{ kind: 'agent_reported', hasChecks },
  report: {
    ...{ state, error: null, rebootNeeded: false, hasRebooted: false, rebootsItself: false },
    ...report,
  },
});

export interface Step {
  /** Only the fields that are not what they were. */
  readonly changed: Partial<Run>;
  readonly effects: readonly RunEffect[];
}

/** What an event makes of a run, as the difference. */
export function stepOf(run: Run, event: RunEvent, now: number, changes: Partial<RunPolicy> = {}): Step {
  const { run: after, effects } = transition(run, event, { ...policy, ...changes }, now);
  if (Object.values(after).includes(undefined)) throw new Error('a field of a run is undefined');
  // A field that is lost is no change that a comparison would see.
  if (Object.keys(after).length !== Object.keys(run).length) throw new Error('a run lost or gained a field');
  const changed = Object.fromEntries(
    Object.entries(after).filter(([name, value]) => run[name as keyof Run] !== value),
  );
  return { changed, effects };
}

export const nothing: Step = { changed: {}, effects: [] };
