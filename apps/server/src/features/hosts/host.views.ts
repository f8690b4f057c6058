import type { HostView } from '@patchgate/contracts';
import type { HostRow } from './host.repository.js';

export function hostView(row: HostRow): HostView {
  const {
    severity: _order,
    last_failure,
    last_failure_detail,
    checks_total,
    checks_healthy,
    checks_unhealthy,
    checks_unknown,
    ...rest
  } = row;
  return {
    ...rest,
    health_checks: {
      total: checks_total,
      healthy: checks_healthy,
      unhealthy: checks_unhealthy,
      unknown: checks_unknown,
    },
    agent_failure: last_failure === null ? null : { reason: last_failure, detail: last_failure_detail ?? '' },
    agent_certificate_valid_to: row.agent_certificate_valid_to?.toISOString() ?? null,
    inventory_at: row.inventory_at?.toISOString() ?? null,
    last_seen_at: row.last_seen_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
