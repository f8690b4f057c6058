import type { CheckState } from './health-check.js';
import type { Lifecycle } from './lifecycle.js';

/** A snapshot older than this says nothing about now. */
export const STALE_SNAPSHOT_MS = 20_000;
/** One lost answer must not take a process out of the load balancer; one good answer brings it back. */
const FAILURES_UNTIL_NOT_READY = 2;

export interface ReadinessFacts {
  lifecycle: Lifecycle;
  snapshotAgeMs: number;
  checks: readonly CheckState[];
}

/** Why the process should get no traffic now; empty when it is ready. */
export function notReadyReasons({ lifecycle, snapshotAgeMs, checks }: ReadinessFacts): string[] {
  const reasons: string[] = lifecycle === 'serving' ? [] : [lifecycle];
  if (snapshotAgeMs > STALE_SNAPSHOT_MS) reasons.push('snapshot_stale');
  for (const check of checks) {
    if (check.critical && hasFailed(check)) {
      reasons.push(`${check.name}: ${check.outcome?.reason ?? 'pending'}`);
    }
  }
  return reasons;
}

function hasFailed(check: CheckState): boolean {
  if (check.outcome === null) return true;
  if (check.outcome.status !== 'unhealthy') return false;
  return !check.hasSucceeded || check.consecutiveFailures >= FAILURES_UNTIL_NOT_READY;
}
