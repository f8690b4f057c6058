import type { AttemptOutcome } from './verdict.js';
import type { RunReason } from './run-reason.js';

export const runStatuses = [
  'queued',
  'waiting_health_check',
  'dispatching',
  'running',
  'rebooting',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
  'indeterminate',
] as const;
export type RunStatus = (typeof runStatuses)[number];

export type Verification = 'verified' | 'regressed' | 'pre_existing' | 'none';
export type Reboot = 'not_needed' | 'not_allowed' | 'pending' | 'done';

/**
 * What decides about a run. Instants are milliseconds since 1970, by the clock of the database.
 *
 * Of `queued` and `waiting_health_check`, `nextAttemptAt` is when the gate is asked next (null: not released yet); from
 * `dispatching` on, `nextStepAt` is when its agent or its checks are asked next.
 */
export interface Run {
  readonly status: RunStatus;
  readonly reason: RunReason | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly lastOutcome: AttemptOutcome | null;
  readonly nextAttemptAt: number | null;
  readonly windowClosesAt: number | null;
  readonly nextStepAt: number | null;
  readonly dispatchedAt: number | null;
  readonly acceptedAt: number | null;
  readonly unreachableSince: number | null;
  readonly reboot: Reboot | null;
  readonly rebootUntil: number | null;
  readonly verifyUntil: number | null;
  readonly verification: Verification | null;
  readonly overranBySeconds: number | null;
  readonly endedAt: number | null;
  /** A person said what became of a run whose outcome nobody knew. */
  readonly isResolved: boolean;
}

/** Times and limits, in milliseconds. */
export interface RunPolicy {
  /** From the start of one attempt to the start of the next. */
  readonly retryMs: number;
  /** Of this run, at most 10 s, so that many do not meet every time (`retryJitterMs`). */
  readonly jitterMs: number;
  readonly verifyMs: number;
  readonly verifyEveryMs: number;
  /** How long an order may go unanswered, and a package transaction may take. */
  readonly mostRunMs: number;
  /** Waited beyond that before an outcome counts as unknown. */
  readonly graceMs: number;
  readonly rebootMs: number;
  readonly followMs: number;
  readonly mostFollowMs: number;
  readonly allowReboot: boolean;
}

/** A run that has not been dispatched: its host was not touched. */
export const isUndispatched = (status: RunStatus): boolean =>
  status === 'queued' || status === 'waiting_health_check';

/** A run that has a slot of the roll-out: its agent was or may have been told, and it has not ended. */
export const isInFlight = (status: RunStatus): boolean =>
  status === 'dispatching' || status === 'running' || status === 'rebooting' || status === 'verifying';

/** No later event changes it. `indeterminate` is not among them: it may change once. */
export const isTerminal = (status: RunStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled';

/** Whether the run keeps its host for itself. */
export const holdsHost = ({ status, isResolved }: Pick<Run, 'status' | 'isResolved'>): boolean =>
  isUndispatched(status) || isInFlight(status) || (status === 'indeterminate' && !isResolved);
