import type { HealthStatus } from './health-check.js';
import type { HealthSnapshot } from './health-snapshot.js';
import { publicReason } from './public-code.js';
import { checkStatus, rollUp } from './roll-up.js';

/** The JSON that `/health`, `/ready`, `/live` and `/healthz` answer. */
export interface HealthBody {
  status: HealthStatus;
  /** RFC 3339, of the snapshot. */
  timestamp: string;
  checks: Record<string, { status: HealthStatus; reason?: string }>;
  uptime_seconds: number;
  active_listeners: { sse: number | null; agents: number | null } | null;
  topics: Record<string, number> | null;
  last_connection_at: string | null;
  last_error: string | null;
  tick_age_seconds: number | null;
  poll_lag_seconds: number | null;
}

/**
 * Writes a snapshot as its body. A stale one is unhealthy by a check of its own, `refresher`, which appears only
 * then: old knowledge is never passed on as health.
 */
export function healthBody(snapshot: HealthSnapshot, isStale: boolean): HealthBody {
  const { facts } = snapshot;
  return {
    status: isStale ? 'unhealthy' : rollUp(snapshot.checks),
    timestamp: snapshot.takenAt.toISOString(),
    checks: { ...bodyChecks(snapshot), ...(isStale ? { refresher: STALE } : {}) },
    uptime_seconds: seconds(snapshot.uptimeMs / 1000),
    active_listeners: facts.activeListeners,
    topics: facts.topics,
    last_connection_at: facts.lastConnectionAt?.toISOString() ?? null,
    last_error: facts.lastError === null ? null : publicReason(facts.lastError),
    tick_age_seconds: facts.tickAgeSeconds === null ? null : seconds(facts.tickAgeSeconds),
    poll_lag_seconds: facts.pollLagSeconds === null ? null : seconds(facts.pollLagSeconds),
  };
}

const STALE = { status: 'unhealthy', reason: 'snapshot_stale' } as const;

function bodyChecks({ checks }: HealthSnapshot): HealthBody['checks'] {
  return Object.fromEntries(
    checks.map((check) => {
      const status = checkStatus(check);
      const reason = check.outcome === null ? 'pending' : publicReason(check.outcome.reason);
      return [check.name, status === 'healthy' ? { status } : { status, reason }];
    }),
  );
}

function seconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
