import type { HealthCheckView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import type { CheckRow } from './health-check.row.js';
import { wordsFor } from './words-for.js';

interface Look {
  viewer: Principal;
  now: Date;
  /** How long a result speaks for the present. */
  freshMs: number;
}

/** Fields that belong to other types are left out, not null. */
export function healthCheckView(row: CheckRow, look: Look): HealthCheckView {
  return {
    id: row.id,
    host_id: row.host_id,
    name: row.name,
    check_type: row.check_type,
    enabled: row.enabled,
    ...(row.service_name !== null && { service_name: row.service_name }),
    ...(row.url !== null && { url: row.url }),
    ...(row.expected_body !== null && { expected_body: row.expected_body }),
    ignore_cert_errors: row.ignore_cert_errors,
    ...(row.check_type === 'http' && { basic_auth_user: row.basic_auth_user }),
    has_basic_auth_pass: row.basic_auth_pass_encrypted !== null,
    ...(row.target_host !== null && { target_host: row.target_host }),
    ...(row.target_port !== null && { target_port: row.target_port }),
    ...(row.use_tls !== null && { use_tls: row.use_tls }),
    ...(row.use_client_cert !== null && { use_client_cert: row.use_client_cert }),
    ...(row.script_path !== null && { script_path: row.script_path }),
    revision: row.revision,
    ...presentState(row, look),
    last_result: lastResult(row, look.viewer),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

/** A stale result is never healthy, nor is it known to be ill: from the moment it went stale nothing is known. */
function presentState(
  { status, since, last_result_at }: CheckRow,
  { now, freshMs }: Look,
): Pick<HealthCheckView, 'status' | 'since'> {
  if (last_result_at === null) return { status: 'unknown', since: since.toISOString() };
  const staleAt = new Date(last_result_at.getTime() + freshMs);
  return now > staleAt
    ? { status: 'unknown', since: staleAt.toISOString() }
    : { status, since: since.toISOString() };
}

function lastResult(row: CheckRow, viewer: Principal): HealthCheckView['last_result'] {
  const { last_result_at, last_reason, last_detail, last_latency_ms } = row;
  if (last_result_at === null || last_reason === null) return null;
  const result = {
    healthy: last_reason === 'ok',
    reason: last_reason,
    detail: last_detail ?? '',
    latency_ms: last_latency_ms ?? 0,
    checked_at: last_result_at.toISOString(),
  };
  return wordsFor(viewer, result);
}
