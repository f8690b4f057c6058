import type { AgentHealth } from '@patchgate/contracts/agent';
import { agentCapabilities } from '@patchgate/contracts/agent';

import type { Route } from '../http/route.js';
import { readBootId, readUptimeSeconds } from '../system/boot.js';
import type { AgentContext } from './agent-context.js';

const FRESH_MS = 24 * 60 * 60_000;

export function healthRoutes(context: AgentContext): readonly Route[] {
  const reply = async () => ({ status: 200, data: await readHealth(context) });
  return (['/health', '/api/v1/health'] as const).map((path) => ({ method: 'GET', path, reply }));
}

/** Of the agent itself: `degraded` says that it lacks something, never that the host does badly. */
async function readHealth(context: AgentContext): Promise<AgentHealth> {
  const { paths, packages, trust, clock, store, version } = context;
  const [uptimeSeconds, bootId, indexAt] = await Promise.all([
    readUptimeSeconds(paths),
    readBootId(paths),
    packages?.indexReadAt() ?? null,
  ]);
  const now = clock.now();
  const lacks = context.lacks();
  const { list } = trust;
  const listAgeMs = list === null ? null : Math.max(0, now.getTime() - list.issuedAt.getTime());
  const isFresh = indexAt !== null && now.getTime() - indexAt.getTime() < FRESH_MS;
  return {
    status: lacks.length === 0 ? 'healthy' : 'degraded',
    uptime_seconds: uptimeSeconds,
    version,
    last_cache_update: indexAt?.toISOString() ?? null,
    cache_status: isFresh ? 'fresh' : 'stale',
    crl_status: trust.revocationState(now),
    crl_age_seconds: listAgeMs === null ? null : Math.floor(listAgeMs / 1000),
    crl_next_update: list?.nextAt?.toISOString() ?? null,
    gpg_key_status: null,
    gpg_key_expires_at: null,
    repo_config_synced: null,
    repo_config_last_sync: null,
    capabilities: [...agentCapabilities],
    agent_epoch: store.epoch,
    boot_id: bootId,
    lacks: [...lacks],
  };
}
