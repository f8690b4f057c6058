import type { RunReason } from './run-reason.js';
import type { Run, Verification } from './run.js';
import type { AttemptOutcome } from './verdict.js';

/** Where a run stands in its host's windows at this moment. */
export type WindowState =
  | { readonly kind: 'open'; readonly closesAt: number }
  /** In the middle of a window; it holds and never fails the run. */
  | { readonly kind: 'blackout'; readonly until: number; readonly closesAt: number }
  /** So near the close that nothing starts, for good or until a later occurrence of the same window opens. */
  | { readonly kind: 'no_more_starts'; readonly startsAgainAt: number | null; readonly closesAt: number }
  /** The window that was planned has not begun. */
  | { readonly kind: 'before'; readonly opensAt: number; readonly closesAt: number }
  /** It is over, or was taken away. */
  | { readonly kind: 'closed'; readonly reason: CloseReason };

/** What the end of a window is called where neither a check nor anything else that lasts has kept the run from starting. */
export type CloseReason = Extract<RunReason, 'outside_window' | 'no_window' | 'deadline_passed'>;

/** Why a run that could otherwise go on is held. */
export type HoldReason = Extract<
  RunReason,
  'outside_window' | 'blackout' | 'no_window' | 'batch_wait' | 'job_paused' | 'rights_lost'
>;

/** Read again under the locks of job and run, after the probes: what was true before them may not be any more. */
export interface GateConditions {
  readonly isPaused: boolean;
  readonly isCancelRequested: boolean;
  readonly window: WindowState;
  /** Whoever answers for the job may still command this host. */
  readonly isAllowed: boolean;
  /** Its batch has been reached, and a canary before it is not open. */
  readonly isItsTurn: boolean;
  readonly hasSlot: boolean;
  readonly isWithinBudget: boolean;
  /** An admin let it through, knowing what fails. */
  readonly isOverridden: boolean;
  /** Setting `gate.no_checks`. */
  readonly noChecks: 'open' | 'hold';
}

/** What an agent says of an order. */
export interface AgentReport {
  readonly state: 'accepted' | 'running' | 'rebooting' | 'succeeded' | 'failed' | 'cancelled';
  readonly error: string | null;
  /** Null where it does not say. */
  readonly rebootNeeded: boolean | null;
  /** The machine has started anew since the order: its boot id is another, or without one its uptime went back. */
  readonly hasRebooted: boolean;
  /** The agent reboots by itself as it was ordered to; else it is for us to order. */
  readonly rebootsItself: boolean;
  /** The reboot that is needed will not come: it is too late for it. */
  readonly isRebootOff?: boolean;
  /** What is worth saying of a success. */
  readonly note?: string;
}

/** What is in the way of a start, and when to look again; null when a release will say so. */
export interface Hold {
  readonly reason: HoldReason;
  readonly detail: string | null;
  readonly until: number | null;
}

export type RunEvent =
  /** Its turn has come, or somebody wants it looked at now. */
  | { readonly kind: 'released' }
  /** Something but a check is in the way. */
  | (Hold & { readonly kind: 'held' })
  | {
      readonly kind: 'attempted';
      readonly startedAt: number;
      readonly outcome: Exclude<AttemptOutcome, 'overridden'>;
      /** What fails, in words; null when nothing does. */
      readonly detail: string | null;
      readonly conditions: GateConditions;
      readonly hasChecks: boolean;
    }
  /** An exception on our side, anywhere in an attempt. */
  | { readonly kind: 'attempt_broke'; readonly startedAt: number; readonly detail: string }
  | { readonly kind: 'window_closed'; readonly reason: CloseReason }
  | { readonly kind: 'cancel_requested' }
  | { readonly kind: 'order_accepted' }
  | {
      readonly kind: 'order_refused';
      readonly isRetryable: boolean;
      readonly reason: 'agent_busy' | 'agent_refused' | 'agent_unreachable';
      readonly detail: string;
    }
  /** No answer to an order, or to a question about it; the same is asked again. */
  | { readonly kind: 'agent_silent'; readonly detail: string }
  | { readonly kind: 'agent_reported'; readonly report: AgentReport; readonly hasChecks: boolean }
  /** Nothing can be found out: the agent's memory is lost, or an intent has no job. */
  | { readonly kind: 'outcome_lost'; readonly detail: string }
  /**
   * The checks were probed after the patch; null while they have not all come back and there is time, `none` when there
   * is none of them any more.
   */
  | {
      readonly kind: 'verified';
      readonly verification: Verification | null;
      readonly detail: string | null;
    }
  /** It has killed its worker too often. */
  | { readonly kind: 'quarantined'; readonly detail: string };

/** What a decision owes the world; done after it is committed, and done again if whoever did it died. */
export type RunEffect =
  /** Tell the agent, by the run's id. */
  | { readonly kind: 'send_order' }
  | { readonly kind: 'cancel_order' }
  | { readonly kind: 'order_reboot' }
  /** The agent may forget the run. */
  | { readonly kind: 'acknowledge' }
  /** The roll-out looks at what this end means: `dispatched` ends count. */
  | { readonly kind: 'ended'; readonly wasDispatched: boolean }
  /** The evidence of an attempt; `heldBy` says what kept the run from starting where no check did. */
  | { readonly kind: 'record_attempt'; readonly outcome: AttemptOutcome; readonly heldBy: RunReason | null };

export interface Transition {
  readonly run: Run;
  readonly effects: readonly RunEffect[];
}
