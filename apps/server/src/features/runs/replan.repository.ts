import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface PlannedRun {
  readonly id: string;
  readonly jobId: string;
  readonly hostId: string;
  readonly schedule: 'now' | 'window';
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** The runs of hosts that were not dispatched, in the order of their ids; whoever attempts one meanwhile waits. */
export const lockPlanned = (db: Db, hostIds: readonly string[]): Promise<PlannedRun[]> =>
  query(
    db,
    sql`SELECT r.id, r.job_id AS "jobId", r.host_id AS "hostId", j.schedule, r.window_opens_at AS "opensAt",
        r.window_closes_at AS "closesAt"
      FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
      WHERE r.host_id = ANY (${hostIds}::uuid[]) AND r.status IN ('queued', 'waiting_health_check')
        AND r.window_opens_at IS NOT NULL AND r.window_closes_at IS NOT NULL
      ORDER BY r.id FOR NO KEY UPDATE OF r`,
  );

export interface NewWindow {
  readonly id: string;
  /** Null when no window is known any more. */
  readonly opensAt: Date | null;
  readonly closesAt: Date;
}

export async function saveWindows(db: Db, windows: readonly NewWindow[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE patch_job_hosts r SET window_opens_at = w.opens_at, window_closes_at = w.closes_at
      FROM unnest(${windows.map(({ id }) => id)}::uuid[], ${windows.map(({ opensAt }) => opensAt)}::timestamptz[],
        ${windows.map(({ closesAt }) => closesAt)}::timestamptz[]) AS w (id, opens_at, closes_at) WHERE r.id = w.id`,
  );
}

/** What waited for a time that windows or blackouts had named waits for its release again, which looks at them anew. */
export async function forgetHolds(db: Db, runIds: readonly string[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE patch_job_hosts SET next_attempt_at = NULL
      WHERE id = ANY (${runIds}::uuid[]) AND reason IN ('blackout', 'outside_window') AND next_attempt_at IS NOT NULL`,
  );
}
