import type { PhaseRange } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { dueNow, inRanges, nextDue } from './due-time.js';

/** A host that is ours to poll until the lease ends. */
export interface ClaimedHost {
  readonly hostId: string;
  /** Goes up with each claim: who comes with an older one has lost the host. */
  readonly fence: string;
  /** How late the claim came. */
  readonly lagMs: number;
}

interface ClaimOptions {
  /** Null looks at all hosts, for those whose moment nobody took. */
  readonly ranges: readonly PhaseRange[] | null;
  readonly limit: number;
  readonly leaseMs: number;
}

/**
 * Takes hosts that are due. The lease is also the next due time: a worker that dies leaves its hosts due again when the
 * lease ends, instead of an interval later. The database's clock decides, because those of two workers may differ.
 */
export async function claimDueHosts(
  db: Db,
  { ranges, limit, leaseMs }: ClaimOptions,
): Promise<ClaimedHost[]> {
  const { rows } = await execute<ClaimedHost>(
    db,
    sql`WITH due AS (
        SELECT host_id, next_poll_at FROM host_health
        WHERE next_poll_at <= now() AND (lease_until IS NULL OR lease_until <= now()) AND ${inRanges(sql`phase`, ranges)}
        ORDER BY next_poll_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      UPDATE host_health h SET fence = fence + 1, lease_until = now() + make_interval(secs => ${leaseMs / 1000}),
        next_poll_at = now() + make_interval(secs => ${leaseMs / 1000})
      FROM due WHERE h.host_id = due.host_id
      RETURNING h.host_id AS "hostId", h.fence, (extract(epoch FROM now() - due.next_poll_at) * 1000)::float8 AS "lagMs"`,
  );
  return rows;
}

/** A host that was polled. */
export interface PolledHost {
  readonly hostId: string;
  readonly fence: string;
  /** A check of it has just changed: it is measured again soon. */
  readonly isUnsettled: boolean;
}

interface ReleaseOptions {
  readonly intervalMs: number;
  readonly recheckMs: number;
}

/**
 * Gives hosts back with their next due time, which is always at the same place in the interval: cycles that were missed
 * are dropped. Whose fence is older gives nothing back.
 */
export async function releaseHosts(
  db: Db,
  hosts: readonly PolledHost[],
  { intervalMs, recheckMs }: ReleaseOptions,
): Promise<void> {
  const sorted = hosts.toSorted((a, b) => (a.hostId < b.hostId ? -1 : 1));
  await execute(
    db,
    sql`UPDATE host_health h SET lease_until = NULL, next_poll_at = CASE
        WHEN h.next_poll_at IS NULL THEN NULL
        WHEN given.is_unsettled THEN least(${nextDue(sql`h.phase`, intervalMs)}, now() + make_interval(secs => ${recheckMs / 1000}))
        ELSE ${nextDue(sql`h.phase`, intervalMs)} END
      FROM unnest(${sorted.map(({ hostId }) => hostId)}::uuid[], ${sorted.map(({ fence }) => fence)}::bigint[],
        ${sorted.map(({ isUnsettled }) => isUnsettled)}::boolean[]) AS given (host_id, fence, is_unsettled)
      WHERE h.host_id = given.host_id AND h.fence = given.fence`,
  );
}

/** Gives hosts back at once, due as they were, because this worker stops before it has polled them. */
export async function abandonHosts(db: Db, hosts: readonly ClaimedHost[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE host_health h SET lease_until = NULL, next_poll_at = ${dueNow}
      FROM unnest(${hosts.map(({ hostId }) => hostId)}::uuid[], ${hosts.map(({ fence }) => fence)}::bigint[])
        AS given (host_id, fence)
      WHERE h.host_id = given.host_id AND h.fence = given.fence AND h.next_poll_at IS NOT NULL`,
  );
}

/** How long the latest host waits already; zero when none does. */
export async function pollLagMs(db: Db): Promise<number> {
  const row = await queryOne<{ lag: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM now() - min(next_poll_at)) * 1000)::float8 AS lag FROM host_health
      WHERE next_poll_at <= now() AND (lease_until IS NULL OR lease_until <= now())`,
  );
  return row?.lag ?? 0;
}
