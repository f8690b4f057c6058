import type { PhaseRange } from '@patchgate/domain';
import type { agentStatus } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { dueNow, inRanges } from '../polling/due-time.js';

/** An agent that is ours to ask until the lease ends. */
export interface ClaimedAgent {
  readonly hostId: string;
  /** Goes up with each claim: who comes with an older one has lost the host. */
  readonly fence: string;
  /** How late the claim came. */
  readonly lagMs: number;
  readonly address: string;
  readonly port: number;
  /** What is known before the poll. */
  readonly knownStatus: z.output<typeof agentStatus>;
  readonly isInventoryDue: boolean;
  /** Unless a renewal has failed not long ago. */
  readonly mayRenew: boolean;
}

interface ClaimOptions {
  /** Null looks at all hosts; those that somebody waits for are always looked at. */
  readonly ranges: readonly PhaseRange[] | null;
  readonly limit: number;
  readonly leaseMs: number;
  /** An inventory takes its time. */
  readonly inventoryLeaseMs: number;
}

/** As `claimDueHosts` of the polling of checks: the end of the lease is the next due time (docs/adr/0005). */
export async function claimDueAgents(
  db: Db,
  { ranges, limit, leaseMs, inventoryLeaseMs }: ClaimOptions,
): Promise<ClaimedAgent[]> {
  const until = sql`now() + CASE WHEN due.inventory THEN make_interval(secs => ${inventoryLeaseMs / 1000})
    ELSE make_interval(secs => ${leaseMs / 1000}) END`;
  const { rows } = await execute<ClaimedAgent>(
    db,
    sql`WITH due AS (
        SELECT host_id, next_poll_at, COALESCE(next_inventory_at <= now(), false) AS inventory FROM host_agents
        WHERE next_poll_at <= now() AND (lease_until IS NULL OR lease_until <= now())
          AND (${inRanges(sql`phase`, ranges)} OR refresh_fence IS NOT NULL)
        ORDER BY next_poll_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      UPDATE host_agents a SET fence = fence + 1, lease_until = ${until}, next_poll_at = ${until}
      FROM due JOIN hosts h ON h.id = due.host_id WHERE a.host_id = due.host_id
      RETURNING a.host_id AS "hostId", a.fence, (extract(epoch FROM now() - due.next_poll_at) * 1000)::float8 AS "lagMs",
        host(h.address) AS address, h.agent_port AS port, h.agent_status AS "knownStatus", due.inventory AS "isInventoryDue",
        (a.next_renewal_at IS NULL OR a.next_renewal_at <= now()) AS "mayRenew"`,
  );
  return rows;
}

/** Gives agents back at once, due as they were, because this worker stops before it has asked them. */
export async function abandonAgents(db: Db, agents: readonly ClaimedAgent[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE host_agents a SET lease_until = NULL, next_poll_at = ${dueNow}
      FROM unnest(${agents.map(({ hostId }) => hostId)}::uuid[], ${agents.map(({ fence }) => fence)}::bigint[])
        AS given (host_id, fence)
      WHERE a.host_id = given.host_id AND a.fence = given.fence AND a.next_poll_at IS NOT NULL`,
  );
}

/** How long the latest agent waits already; zero when none does. */
export async function agentPollLagMs(db: Db): Promise<number> {
  const row = await queryOne<{ lag: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM now() - min(next_poll_at)) * 1000)::float8 AS lag FROM host_agents
      WHERE next_poll_at <= now() AND (lease_until IS NULL OR lease_until <= now())`,
  );
  return row?.lag ?? 0;
}
