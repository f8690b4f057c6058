import type { CheckState, HealthStatus } from './health-check.js';

/** The status one check shows: a check that has not answered yet is not known to be healthy. */
export function checkStatus(check: Pick<CheckState, 'outcome'>): HealthStatus {
  return check.outcome?.status ?? 'unhealthy';
}

/** The worst check, where an unhealthy check that is not critical counts as degraded; healthy without checks. */
export function rollUp(checks: readonly Pick<CheckState, 'outcome' | 'critical'>[]): HealthStatus {
  const statuses = checks.map((check) => {
    const status = checkStatus(check);
    return status === 'unhealthy' && !check.critical ? 'degraded' : status;
  });
  if (statuses.includes('unhealthy')) return 'unhealthy';
  return statuses.includes('degraded') ? 'degraded' : 'healthy';
}
