import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/**
 * The runs among these whose host may still be commanded by whoever answers for the job (SEC-A5): the rights of this
 * moment, not those at its creation.
 */
export async function findAllowed(db: Db, runIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT r.id FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id JOIN users u ON u.id = j.created_by
      WHERE r.id = ANY (${runIds}::uuid[]) AND u.disabled_at IS NULL AND (u.role = 'admin' OR u.role = 'operator' AND EXISTS (
        SELECT FROM group_hosts gh JOIN group_users gu ON gu.group_id = gh.group_id
        WHERE gh.host_id = r.host_id AND gu.user_id = u.id))`,
  );
  return new Set(rows.map(({ id }) => id));
}

interface CheckRevision {
  readonly id: string;
  readonly hostId: string;
  readonly revision: number;
}

/** What the gate of hosts asks at this moment. */
export const listRevisions = (db: Db, hostIds: readonly string[]): Promise<CheckRevision[]> =>
  query(
    db,
    sql`SELECT id, host_id AS "hostId", revision FROM host_health_checks WHERE host_id = ANY (${hostIds}::uuid[]) AND enabled`,
  );
