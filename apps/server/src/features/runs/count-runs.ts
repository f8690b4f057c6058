import type { RunStatus } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** Runs that hold their host, by status. The condition is that of the index that allows each host one of them. */
export async function countRuns(db: Db): Promise<Partial<Record<RunStatus, number>>> {
  const rows = await query<{ status: RunStatus; count: number }>(
    db,
    sql`SELECT status, count(*)::int AS count FROM patch_job_hosts
      WHERE status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')
        OR (status = 'indeterminate' AND resolved_at IS NULL)
      GROUP BY status`,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
