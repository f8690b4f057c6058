import type { JobBoardView } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHostOfMany } from '../../platform/http/scope.js';

/** What a run has come to: an outcome that nobody knew is what somebody says of it. */
const cameTo = sql`COALESCE(r.resolved_outcome, r.status)`;

export const listCells = (db: Db, viewer: Principal, jobId: string): Promise<JobBoardView['cells']> =>
  query(
    db,
    sql`SELECT r.id AS run_id, h.fqdn, r.batch, ${cameTo} AS status FROM patch_job_hosts r JOIN hosts h ON h.id = r.host_id
      WHERE r.job_id = ${jobId} AND ${reachesHostOfMany(viewer, sql`r.host_id`)} ORDER BY r.position`,
  );

export interface ReasonRow extends Pick<JobBoardView['reasons'][number], 'reason' | 'status' | 'count'> {
  /** The first of them in the roll-out. */
  readonly example_id: string;
}

/** Why runs have not started, or did not succeed; the reason of most hosts first. */
export const listReasons = (db: Db, viewer: Principal, jobId: string): Promise<ReasonRow[]> =>
  query(
    db,
    sql`SELECT r.reason, ${cameTo} AS status, count(*)::int AS count, (array_agg(r.id ORDER BY r.position))[1] AS example_id
      FROM patch_job_hosts r WHERE r.job_id = ${jobId} AND ${reachesHostOfMany(viewer, sql`r.host_id`)}
        AND r.reason IS NOT NULL AND ${cameTo} <> 'succeeded'
      GROUP BY r.reason, ${cameTo} ORDER BY count(*) DESC, r.reason, ${cameTo}`,
  );
