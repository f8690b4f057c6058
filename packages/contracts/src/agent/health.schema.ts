import { z } from 'zod';

/** What an agent can do beyond the public contract. */
export const agentCapabilities = ['idempotent-runs', 'renew-certificate'] as const;
export type AgentCapability = (typeof agentCapabilities)[number];

/**
 * `GET /api/v1/health`. It tells of the agent, never of the host's services: `degraded` is reachable.
 * The last four are sent by agents with capabilities only.
 */
export const agentHealth = z.object({
  status: z.enum(['healthy', 'degraded']),
  /** Of the host, in seconds. */
  uptime_seconds: z.int().min(0),
  version: z.string(),
  last_cache_update: z.string().nullable(),
  cache_status: z.string(),
  crl_status: z.string().nullable(),
  crl_age_seconds: z.int().min(0).nullable(),
  crl_next_update: z.string().nullable(),
  gpg_key_status: z.string().nullable(),
  gpg_key_expires_at: z.string().nullable(),
  repo_config_synced: z.boolean().nullable(),
  repo_config_last_sync: z.string().nullable(),
  capabilities: z.array(z.string()).optional(),
  /** New whenever the journal of runs was lost. */
  agent_epoch: z.string().optional(),
  boot_id: z.string().optional(),
  /** What the agent cannot do and why, one sentence each. */
  lacks: z.array(z.string().max(500)).max(20).optional(),
});
export type AgentHealth = z.infer<typeof agentHealth>;
