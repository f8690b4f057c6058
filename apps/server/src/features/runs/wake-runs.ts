import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/**
 * Has the gates of hosts asked now that waited for a check which polling has since found healthy. In a statement of its
 * own after the results are committed, and as a request: the attempt that is under way just now may have been too early.
 */
export async function wakeRecovered(db: Db, hostIds: readonly string[], now: Date): Promise<void> {
  if (hostIds.length === 0) return;
  await execute(
    db,
    request(
      sql`JOIN host_health h ON h.host_id = r.host_id
        WHERE r.host_id = ANY (${hostIds}::uuid[]) AND h.checks_unhealthy = 0 AND r.status = 'waiting_health_check'`,
      now,
    ),
  );
}

/** The same for those that waited for the agent of their host. */
export async function wakeReachable(db: Db, hostIds: readonly string[], now: Date): Promise<void> {
  if (hostIds.length === 0) return;
  await execute(
    db,
    request(
      sql`WHERE r.host_id = ANY (${hostIds}::uuid[]) AND r.status IN ('queued', 'waiting_health_check')
        AND r.reason IN ('check_error', 'agent_unreachable')`,
      now,
    ),
  );
}

/** In the order of their ids, like everybody who writes more than one. */
const request = (which: Sql, now: Date): Sql =>
  sql`WITH woken AS (SELECT r.id FROM patch_job_hosts r ${which} ORDER BY r.id FOR NO KEY UPDATE OF r)
    UPDATE patch_job_hosts r SET check_requested_at = ${now} FROM woken WHERE r.id = woken.id`;
