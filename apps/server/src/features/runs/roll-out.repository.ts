import type { BatchCount } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

interface CountRow extends BatchCount {
  readonly jobId: string;
}

/**
 * Where the runs of jobs stand. An outcome that a person has called a success is one. Ready is what waits for nothing but
 * the roll-out: what looks again by itself (a blackout, lost rights, a busy agent) holds no batch up.
 */
export async function rollOutCounts(
  db: Db,
  jobIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly BatchCount[]>> {
  const rows = await query<CountRow>(
    db,
    sql`SELECT r.job_id AS "jobId", r.batch,
        CASE WHEN r.resolved_outcome = 'succeeded' THEN 'succeeded' ELSE r.status END AS status,
        (r.status = 'queued' AND r.window_opens_at <= ${now} AND r.window_closes_at > ${now} AND CASE
          WHEN r.reason IS NULL OR r.reason IN ('batch_wait', 'job_paused') THEN true
          WHEN r.reason = 'outside_window' THEN r.next_attempt_at IS NULL OR r.next_attempt_at <= ${now}
          ELSE false END) IS TRUE AS "isReady",
        r.dispatched_at IS NOT NULL AS "wasDispatched", count(*)::int AS count
      FROM patch_job_hosts r WHERE r.job_id = ANY (${jobIds}::uuid[]) GROUP BY 1, 2, 3, 4, 5`,
  );
  const counts = Map.groupBy(rows, ({ jobId }) => jobId);
  return new Map(jobIds.map((id) => [id, counts.get(id) ?? []]));
}

export interface Pause {
  readonly jobId: string;
  readonly reason: 'canary_failed' | 'budget_spent';
  readonly detail: string;
}

/** The roll-out pauses itself; a job that is paused already keeps its reason. */
export async function pauseJobs(db: Db, pauses: readonly Pause[], now: Date): Promise<void> {
  if (pauses.length === 0) return;
  await query(
    db,
    sql`UPDATE patch_jobs j SET paused_at = ${now}, pause_reason = p.reason, pause_detail = p.detail, paused_by = NULL
      FROM unnest(${pauses.map(({ jobId }) => jobId)}::uuid[], ${pauses.map(({ reason }) => reason)}::text[],
        ${pauses.map(({ detail }) => detail)}::text[]) AS p (id, reason, detail)
      WHERE j.id = p.id AND j.paused_at IS NULL`,
  );
}
