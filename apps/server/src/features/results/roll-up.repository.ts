import type { CheckStatus, HostStatus } from '@patchgate/domain';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

interface HostStatusRow {
  host_id: string;
  status: HostStatus;
}

/**
 * Locked before they are rolled up, in a statement of its own: whoever waits here then sees what the other has written,
 * which the snapshot of one single statement would not show.
 */
export function lockHostStatuses(db: Db, hostIds: readonly string[]): Promise<HostStatusRow[]> {
  return query(
    db,
    sql`SELECT host_id, health_check_status AS status FROM host_health WHERE host_id = ANY (${hostIds}::uuid[])
      ORDER BY host_id FOR NO KEY UPDATE`,
  );
}

export interface RollUpTime {
  now: Date;
  /** How long a result speaks for the present. */
  freshMs: number;
}

/** What is known now of the check whose state is `s`: a stale result says nothing. */
const statusNow = ({ now, freshMs }: RollUpTime): Sql =>
  sql`CASE WHEN s.last_result_at + make_interval(secs => ${freshMs / 1000}) >= ${now} THEN s.status ELSE 'unknown' END`;

/** How many enabled checks there are of each status. */
export async function countChecks(db: Db, time: RollUpTime): Promise<Record<CheckStatus, number>> {
  const rows = await query<{ status: CheckStatus; count: number }>(
    db,
    sql`SELECT ${statusNow(time)} AS status, count(*)::int AS count
      FROM host_health_checks c JOIN health_check_state s ON s.check_id = c.id WHERE c.enabled GROUP BY 1`,
  );
  const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  return { healthy: 0, unhealthy: 0, unknown: 0, ...counts };
}

/**
 * The same rule as `hostStatus` of the domain. What is ill stays ill until the last of its results is stale; what is
 * well is so until the first one is.
 */
export function rollUp(db: Db, hostIds: readonly string[], time: RollUpTime): Promise<HostStatusRow[]> {
  const { now, freshMs } = time;
  return query(
    db,
    sql`WITH checks AS (
        SELECT c.host_id, s.last_result_at + make_interval(secs => ${freshMs / 1000}) AS fresh_until,
          ${statusNow(time)} AS status
        FROM host_health_checks c JOIN health_check_state s ON s.check_id = c.id
        WHERE c.host_id = ANY (${hostIds}::uuid[]) AND c.enabled
      ), counted AS (
        SELECT host_id, count(*) AS total, count(*) FILTER (WHERE status = 'healthy') AS healthy,
          count(*) FILTER (WHERE status = 'unhealthy') AS unhealthy,
          count(*) FILTER (WHERE status = 'unknown') AS unknown,
          max(fresh_until) FILTER (WHERE status = 'unhealthy') AS ill_until, min(fresh_until) AS well_until
        FROM checks GROUP BY host_id
      ), rolled AS (
        SELECT ids.host_id, COALESCE(total, 0) AS total, COALESCE(healthy, 0) AS healthy,
          COALESCE(unhealthy, 0) AS unhealthy, COALESCE(unknown, 0) AS unknown,
          CASE WHEN total IS NULL THEN 'none' WHEN unhealthy > 0 THEN 'unhealthy' WHEN unknown > 0 THEN 'unknown'
            ELSE 'healthy' END AS status,
          CASE WHEN unhealthy > 0 THEN ill_until ELSE well_until END AS fresh_until
        FROM unnest(${hostIds}::uuid[]) AS ids (host_id) LEFT JOIN counted USING (host_id)
      )
      UPDATE host_health hh SET health_check_status = r.status,
        since = CASE WHEN hh.health_check_status = r.status THEN hh.since ELSE ${now} END,
        fresh_until = r.fresh_until, checks_total = r.total, checks_healthy = r.healthy,
        checks_unhealthy = r.unhealthy, checks_unknown = r.unknown
      FROM rolled r WHERE hh.host_id = r.host_id
      RETURNING hh.host_id, hh.health_check_status AS status`,
  );
}

/** A new or changed check is polled at once; a host without an enabled check is not polled at all. */
export async function pollSoon(db: Db, hostIds: readonly string[], now: Date): Promise<void> {
  await query(
    db,
    sql`UPDATE host_health SET next_poll_at = CASE WHEN checks_total = 0 THEN NULL ELSE ${now}::timestamptz END
      WHERE host_id = ANY (${hostIds}::uuid[])`,
  );
}
