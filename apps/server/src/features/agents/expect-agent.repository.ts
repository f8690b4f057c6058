import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { dueNow } from '../polling/due-time.js';

const askSoon = sql`next_poll_at = ${dueNow}, next_inventory_at = ${dueNow}, refresh_fence = a.fence`;

/** From now on, and at once: its polls share the moment of the host's checks. */
export async function expectAgent(db: Db, hostId: string): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO host_agents AS a (host_id, phase, next_poll_at, next_inventory_at, refresh_fence, expected_at)
      SELECT host_id, phase, ${dueNow}, ${dueNow}, 0, now() FROM host_health WHERE host_id = ${hostId}
      ON CONFLICT (host_id) DO UPDATE SET ${askSoon}, expected_at = now(), next_renewal_at = NULL`,
  );
}

/** @returns whether an agent is expected at all */
export async function refreshAgent(db: Db, hostId: string): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE host_agents a SET ${askSoon}, refresh_requested_at = now()
      WHERE host_id = ${hostId} AND next_poll_at IS NOT NULL`,
  );
  return affected > 0;
}

/** What whoever orders something of an agent has to know of it. */
export interface KnownAgent {
  /** False until one was enrolled: nothing is sent to it. */
  readonly isExpected: boolean;
  readonly status: 'not_enrolled' | 'connected' | 'unreachable' | 'refused';
  readonly address: string;
  readonly port: number;
  readonly capabilities: readonly string[];
  readonly version: string | null;
  readonly lastSeenAt: Date | null;
  /** Another one means that the agent has lost its journal of runs. Null for agents without one. */
  readonly agentEpoch: string | null;
  /** Another one means that the host has booted. Null for agents that do not tell: their uptime goes back. */
  readonly bootId: string | null;
  readonly uptimeSeconds: number | null;
  readonly pendingReboot: boolean | null;
}

export function findKnownAgent(db: Db, hostId: string): Promise<KnownAgent | undefined> {
  return queryOne(
    db,
    sql`SELECT a.next_poll_at IS NOT NULL AS "isExpected", h.agent_status AS status, host(h.address) AS address,
        h.agent_port AS port, h.capabilities, h.agent_version AS version, a.last_seen_at AS "lastSeenAt",
        a.agent_epoch AS "agentEpoch", h.boot_id AS "bootId", a.uptime_seconds::float8 AS "uptimeSeconds",
        h.pending_reboot AS "pendingReboot"
      FROM hosts h LEFT JOIN host_agents a ON a.host_id = h.id WHERE h.id = ${hostId}`,
  );
}
