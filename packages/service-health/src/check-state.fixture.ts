import type { CheckState } from './health-check.js';

/** A critical check of scope `service` that is healthy, but for what the test says. */
export function checkState(changes: Partial<CheckState> = {}): CheckState {
  return {
    name: 'database',
    critical: true,
    scope: 'service',
    excusedBy: null,
    outcome: { status: 'healthy' },
    consecutiveFailures: 0,
    hasSucceeded: true,
    lastUnhealthyAtMs: null,
    ...changes,
  };
}

export const UNHEALTHY = { status: 'unhealthy', reason: 'ECONNREFUSED' } as const;
