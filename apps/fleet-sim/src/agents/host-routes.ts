import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import type { HostState } from './host-state.js';

const serviceName = /^[A-Za-z0-9][\w.@+-]{0,255}$/;

/** What both kinds of agent tell of their host; null for other questions. */
export function answerOfHost(host: HostState, { method, path }: Question): Answer | null {
  if (method !== 'GET') return null;
  if (path === '/system/info') return done(systemInfo(host));
  const [, service] = /^\/system\/services\/(.+)$/.exec(path) ?? [];
  return service === undefined ? null : answerOfService(host, decodeURIComponent(service));
}

/** What it is told to answer orders with; null while it takes them. */
export function refusalOf({ script: { refuses_orders } }: HostState): Answer | null {
  if (refuses_orders === null) return null;
  const { status, code, retryable } = refuses_orders;
  return refused(status, code, `the order is refused: ${code}`, retryable);
}

const systemInfo = ({ agent, pendingReboot }: HostState) => ({
  hostname: agent.hostname,
  ...agent.system,
  architecture: 'x86_64',
  last_update_check: null,
  last_update_apply: null,
  pending_reboot: pendingReboot,
});

function answerOfService({ script: { services } }: HostState, name: string): Answer {
  if (!serviceName.test(name)) return refused(400, 'INVALID_SERVICE_NAME', 'invalid service name');
  const healthy = services[name];
  if (healthy === undefined) return refused(404, 'SERVICE_NOT_FOUND', `service ${name} not found`);
  const state = healthy
    ? { active_state: 'active', sub_state: 'running' }
    : { active_state: 'failed', sub_state: 'failed' };
  return done({
    ...{
      name: `${name}.service`,
      display_name: name,
      ...state,
      load_state: 'loaded',
      enabled_state: 'enabled',
    },
    ...{ main_pid: healthy ? 731 : null, healthy },
  });
}

/** The part of a health answer that both kinds give. */
export const healthOf = (host: HostState, version: string) => ({
  status: 'healthy',
  uptime_seconds: Math.max(0, host.uptimeSeconds),
  version,
  last_cache_update: null,
  cache_status: 'fresh',
  crl_status: 'valid',
  crl_age_seconds: 60,
  crl_next_update: null,
  gpg_key_status: null,
  gpg_key_expires_at: null,
  repo_config_synced: null,
  repo_config_last_sync: null,
});
