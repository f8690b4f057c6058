import type { ProbeTarget } from '@patchgate/probes';
import type { AgentFields, CheckFields } from './health-check.row.js';

/** A check as the columns hold it, with the host whose agent it may need. */
export interface ProbedCheck extends CheckFields, AgentFields {
  readonly host_id: string;
}

/** What to probe for a check. The columns a type needs are never null: the table itself sees to that. */
export function toProbe(check: ProbedCheck, password: string | null): ProbeTarget {
  const { ignore_cert_errors: ignoreCertErrors } = check;
  switch (check.check_type) {
    case 'service':
      return { type: 'service', serviceName: check.service_name ?? '', agent: agentOf(check) };
    case 'http':
      return {
        type: 'http',
        url: check.url ?? '',
        expectedBody: check.expected_body ?? '',
        ignoreCertErrors,
        basicAuth:
          check.basic_auth_user === null ? null : { user: check.basic_auth_user, password: password ?? '' },
      };
    case 'tcp':
      return { type: 'tcp', ...addressOf(check), tls: tlsOf(check), ignoreCertErrors };
    case 'fastcgi':
      return {
        type: 'fastcgi',
        ...addressOf(check),
        scriptPath: check.script_path ?? '',
        expectedBody: check.expected_body ?? '',
      };
  }
}

/** The same where the password is there and cannot be opened: without it the answer would be that to somebody else. */
export function toProbeWithoutPassword(check: ProbedCheck): ProbeTarget {
  const target = toProbe(check, null);
  return target.type === 'http' ? { ...target, basicAuth: 'unreadable' } : target;
}

const agentOf = ({ host_id, address, agent_port }: ProbedCheck) => ({
  hostId: host_id,
  address,
  port: agent_port,
});

const addressOf = ({ target_host, target_port }: ProbedCheck) => ({
  host: target_host ?? '',
  port: target_port ?? 0,
});

function tlsOf({ use_tls, use_client_cert }: ProbedCheck): 'none' | 'server' | 'mutual' {
  if (!use_tls) return 'none';
  return use_client_cert ? 'mutual' : 'server';
}
