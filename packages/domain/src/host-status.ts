import type { CheckStatus } from './check-state.js';

export type HostStatus = CheckStatus | 'none';

/** An enabled check of a host. */
export interface StatedCheck {
  readonly status: CheckStatus;
  /** When its latest result was measured; null before the first. */
  readonly lastResultAt: Date | null;
}

/**
 * How long a result speaks for the present: two intervals, for one poll may be missed, and the time a probe may take.
 *
 * @returns milliseconds
 */
export const freshForMs = (intervalMs: number, timeoutMs: number): number => 2 * intervalMs + timeoutMs;

/**
 * The status of a host by its enabled checks: without any it has none; one that is ill makes it ill; one that is not
 * known leaves it unknown; only when all are healthy and fresh is it healthy.
 */
export function hostStatus(checks: readonly StatedCheck[], now: Date, freshMs: number): HostStatus {
  if (checks.length === 0) return 'none';
  const current = checks.map((check) => (isFresh(check, now, freshMs) ? check.status : 'unknown'));
  if (current.includes('unhealthy')) return 'unhealthy';
  return current.includes('unknown') ? 'unknown' : 'healthy';
}

function isFresh({ lastResultAt }: StatedCheck, now: Date, freshMs: number): boolean {
  return lastResultAt !== null && now.getTime() - lastResultAt.getTime() <= freshMs;
}
