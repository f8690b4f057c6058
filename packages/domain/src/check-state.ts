export type CheckStatus = 'healthy' | 'unhealthy' | 'unknown';

/** What is known of a check between two results. */
export interface CheckState {
  readonly status: CheckStatus;
  /** Since when the status is what it is. */
  readonly since: Date;
  readonly consecutiveFailures: number;
  /** Results in a row that agree with the status. */
  readonly consecutiveResults: number;
}

/** A result, as far as the state cares. */
export interface Measured {
  readonly healthy: boolean;
  readonly at: Date;
  /** The worker doubts itself: the result is kept and changes nothing. */
  readonly isSuspect: boolean;
}

/** A change that has held for this many results needs no second look. */
const settledAfter = 2;

/**
 * The state after a result. The status follows the latest result at once: a gate that waits for a second opinion would
 * patch a host that is known to be ill.
 */
export function afterResult(before: CheckState, { healthy, at, isSuspect }: Measured): CheckState {
  if (isSuspect) return before;
  const status = healthy ? 'healthy' : 'unhealthy';
  const isSame = status === before.status;
  return {
    status,
    since: isSame ? before.since : at,
    consecutiveFailures: healthy ? 0 : before.consecutiveFailures + 1,
    consecutiveResults: isSame ? before.consecutiveResults + 1 : 1,
  };
}

/** Whether the status has just changed, so that it is measured again soon instead of an interval later. */
export const isUnsettled = ({ status, consecutiveResults }: CheckState): boolean =>
  status !== 'unknown' && consecutiveResults < settledAfter;
