export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy';

/** What one run of a check found. */
export interface CheckOutcome {
  status: HealthStatus;
  /** Why it is not healthy, as a code (letters, digits, `_`): the port is open to all, so nothing else gets out. */
  reason?: string;
}

/** A check of the process itself or of what it needs to serve. */
export interface CheckDefinition {
  /** snake_case; the key in the body and the label of the metric. */
  name: string;
  /** When unhealthy: true makes the whole process unhealthy and not ready, false makes it degraded. */
  critical: boolean;
  /** `process`: only a restart helps, so an unhealthy outcome makes the process not live. Default `service`. */
  scope?: 'process' | 'service';
  everyMs: number;
  timeoutMs: number;
  /** An unhealthy outcome counts as degraded until it has lasted longer than this. Default 0. */
  graceMs?: number;
  /**
   * The check whose failure explains this one's: while that one is unhealthy, and for 30 s after, this one is not
   * held against the process's life. A tick that hangs on a dead database is not cured by a restart.
   */
  excusedBy?: string;
  /**
   * Runs the check. It should settle when `signal` aborts (at the timeout or when the process stops): it is never
   * started again before it has settled, and counts as `timeout` until then.
   */
  check(signal: AbortSignal): Promise<CheckOutcome>;
}

/** What is known of one check. */
export interface CheckState {
  name: string;
  critical: boolean;
  scope: 'process' | 'service';
  excusedBy: string | null;
  /** null until the first run has settled or timed out. */
  outcome: CheckOutcome | null;
  consecutiveFailures: number;
  hasSucceeded: boolean;
  /** Monotonic milliseconds of the latest unhealthy outcome. */
  lastUnhealthyAtMs: number | null;
}
