import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHostOfMany } from '../../platform/http/scope.js';
import { openStatuses } from './job-filter.js';
import type { OpenBatchRow, TallyRow } from './job-row.js';

/** Of the hosts the viewer reaches, in one pass for all jobs of a page. */
export const tallyRuns = (db: Db, viewer: Principal, jobIds: readonly string[]): Promise<TallyRow[]> =>
  query(
    db,
    sql`SELECT r.job_id, r.status, r.resolved_outcome, r.dispatched_at IS NOT NULL AS was_dispatched,
        bool_or(r.attempt > 0) AS was_attempted, count(*)::int AS count, min(r.window_opens_at) AS window_opens_at,
        max(r.window_closes_at) AS window_closes_at, max(r.ended_at) AS ended_at
      FROM patch_job_hosts r WHERE r.job_id = ANY (${jobIds}::uuid[]) AND ${reachesHostOfMany(viewer, sql`r.host_id`)}
      GROUP BY r.job_id, r.status, r.resolved_outcome, was_dispatched`,
  );

/** How far each batch of jobs has come; those that are over have none open. */
export const listBatches = (db: Db, viewer: Principal, jobIds: readonly string[]): Promise<OpenBatchRow[]> =>
  query(
    db,
    sql`SELECT r.job_id, r.batch, count(*) FILTER (WHERE r.status IN ${openStatuses})::int AS open,
        min(r.window_opens_at) FILTER (WHERE r.status IN ${openStatuses}) AS opens_at, min(r.dispatched_at) AS started_at
      FROM patch_job_hosts r WHERE r.job_id = ANY (${jobIds}::uuid[]) AND ${reachesHostOfMany(viewer, sql`r.host_id`)}
      GROUP BY r.job_id, r.batch ORDER BY r.job_id, r.batch`,
  );

/** How long a host takes, from the order to the end of the verification: the middle of those that succeeded. */
export async function medianRunMs(
  db: Db,
  viewer: Principal,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await query<{ job_id: string; ms: number }>(
    db,
    sql`SELECT r.job_id, percentile_cont(0.5) WITHIN GROUP (
          ORDER BY EXTRACT(epoch FROM r.ended_at - r.dispatched_at)::float8 * 1000) AS ms
      FROM patch_job_hosts r WHERE r.job_id = ANY (${jobIds}::uuid[]) AND r.status = 'succeeded'
        AND r.dispatched_at IS NOT NULL AND ${reachesHostOfMany(viewer, sql`r.host_id`)}
      GROUP BY r.job_id`,
  );
  return new Map(rows.map(({ job_id, ms }) => [job_id, ms]));
}
