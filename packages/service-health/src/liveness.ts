import type { CheckState } from './health-check.js';
import type { Lifecycle } from './lifecycle.js';

/** A refresher that has not moved for this long will not move again without a restart. */
const STUCK_REFRESHER_MS = 30_000;
/** What was late because the process waited in its start (for a database, say) gets this long to begin. */
const START_GRACE_MS = 30_000;
/** What hung on a failing dependency gets this long to come loose once the dependency is back. */
const EXCUSE_MS = 30_000;

export interface LivenessFacts {
  lifecycle: Lifecycle;
  nowMs: number;
  /** Monotonic milliseconds at which the process began to serve; null before. */
  servingSinceMs: number | null;
  snapshotAgeMs: number;
  checks: readonly CheckState[];
}

/** Why only a restart can help; empty when the process is live. A draining process ends by itself and stays live. */
export function notLiveReasons(facts: LivenessFacts): string[] {
  if (facts.lifecycle === 'draining') return [];
  const reasons = facts.snapshotAgeMs > STUCK_REFRESHER_MS ? ['refresher: stuck'] : [];
  if (facts.servingSinceMs === null || facts.nowMs - facts.servingSinceMs <= START_GRACE_MS) return reasons;
  for (const check of facts.checks) {
    if (check.scope !== 'process' || check.outcome?.status !== 'unhealthy' || isExcused(check, facts))
      continue;
    reasons.push(`${check.name}: ${check.outcome.reason ?? 'unspecified'}`);
  }
  return reasons;
}

function isExcused(check: CheckState, { checks, nowMs }: LivenessFacts): boolean {
  const excuse = checks.find(({ name }) => name === check.excusedBy);
  if (excuse === undefined || excuse.lastUnhealthyAtMs === null) return false;
  return excuse.outcome?.status === 'unhealthy' || nowMs - excuse.lastUnhealthyAtMs <= EXCUSE_MS;
}
