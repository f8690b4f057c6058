import type { RunReason } from './run-reason.js';
import type { RunEffect, Transition } from './run-event.js';
import { isInFlight } from './run.js';
import type { Run, RunStatus, Verification } from './run.js';

interface End {
  readonly status: Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled' | 'indeterminate'>;
  readonly reason: RunReason | null;
  readonly detail: string | null;
  readonly verification?: Verification | null;
  /** An outcome nobody knows is asked for again at this time, should the agent come back. */
  readonly askAgainAt?: number | null;
}

/**
 * Ends a run.
 *
 * @param effects owed besides the end itself
 * @param now milliseconds since 1970
 */
export function endRun(
  run: Run,
  { status, reason, detail, verification = run.verification, askAgainAt = null }: End,
  now: number,
  effects: readonly RunEffect[] = [],
): Transition {
  return {
    run: {
      ...run,
      ...{ status, reason, detail, verification },
      nextAttemptAt: null,
      nextStepAt: askAgainAt,
      unreachableSince: null,
      endedAt: now,
    },
    effects: [
      ...effects,
      { kind: 'ended', wasDispatched: isInFlight(run.status) || run.status === 'indeterminate' },
    ],
  };
}

/** An event that means nothing where the run is. */
export const unchanged = (run: Run): Transition => ({ run, effects: [] });

/** The packages are in place and the machine has not come back as it should; `now` in milliseconds since 1970. */
export const rebootTimedOut = (run: Run, detail: string | null, now: number): Transition =>
  endRun(run, { status: 'failed', reason: 'reboot_timeout', detail }, now);

/** Whether a machine has had its time to start anew: none was given to one whose time is not known. */
export const isRebootOver = ({ rebootUntil }: Run, now: number): boolean => now >= (rebootUntil ?? now);

/** A package manager is never interrupted: what went on after the close is recorded; `now` in milliseconds since 1970. */
export function overran(run: Run, now: number): Run {
  const late = run.windowClosesAt === null ? 0 : now - run.windowClosesAt;
  return late > 0 ? { ...run, overranBySeconds: Math.ceil(late / 1000) } : run;
}
