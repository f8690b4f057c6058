import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHostOfMany } from '../../platform/http/scope.js';
import { openStatuses } from './job-filter.js';

export interface CommandedJob {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly created_by: string | null;
  readonly created_at: Date;
  readonly deadline_at: Date | null;
  readonly paused_at: Date | null;
}

/** The job first, as whoever decides about its runs does; others wait until this command is done. */
export const lockJob = (db: Db, id: string): Promise<CommandedJob | undefined> =>
  queryOne(
    db,
    sql`SELECT id, name, number::int AS number, created_by, created_at, deadline_at, paused_at FROM patch_jobs
      WHERE id = ${id} FOR NO KEY UPDATE`,
  );

export interface Standing {
  readonly seesOne: boolean;
  readonly seesAll: boolean;
  readonly isOpen: boolean;
}

/** Whether the viewer reaches hosts of a job, and whether a run of it has not ended. */
export async function standingOf(db: Db, viewer: Principal, jobId: string): Promise<Standing> {
  const some = (holds: Sql) =>
    sql`EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = ${jobId} AND ${holds})`;
  const isReached = sql`COALESCE(${reachesHostOfMany(viewer, sql`r.host_id`)}, false)`;
  const row = await queryOne<Standing>(
    db,
    sql`SELECT ${some(isReached)} AS "seesOne", NOT ${some(sql`NOT ${isReached}`)} AS "seesAll",
      ${some(sql`r.status IN ${openStatuses}`)} AS "isOpen"`,
  );
  if (!row) throw new Error('a question without an answer');
  return row;
}

export const pauseJob = (
  db: Db,
  id: string,
  { by, detail }: { readonly by: string; readonly detail: string },
  now: Date,
): Promise<unknown> =>
  query(
    db,
    sql`UPDATE patch_jobs SET paused_at = ${now}, pause_reason = 'person', pause_detail = ${detail}, paused_by = ${by}
      WHERE id = ${id}`,
  );

/**
 * The failures so far are accepted, and so is a canary of which one has not succeeded; one that is still under way is
 * waited for as before.
 *
 * @returns how many failures were accepted
 */
export async function resumeJob(db: Db, id: string): Promise<number> {
  const row = await queryOne<{ failures: number }>(
    db,
    sql`UPDATE patch_jobs SET paused_at = NULL, pause_reason = NULL, pause_detail = NULL, paused_by = NULL,
        failures_accepted = (SELECT count(*) FROM patch_job_hosts r WHERE r.job_id = ${id}
          AND (r.status = 'failed' AND r.dispatched_at IS NOT NULL
            OR r.status = 'indeterminate' AND r.resolved_outcome IS DISTINCT FROM 'succeeded')),
        is_canary_accepted = is_canary_accepted OR EXISTS (SELECT FROM patch_job_hosts r
          WHERE r.job_id = ${id} AND r.batch = 0 AND r.status IN ('failed', 'cancelled', 'indeterminate')
            AND r.resolved_outcome IS DISTINCT FROM 'succeeded')
      WHERE id = ${id} RETURNING failures_accepted AS failures`,
  );
  return row?.failures ?? 0;
}

interface Changed {
  readonly id: string;
  readonly hostId: string;
}

/** Looks at once at what was held by something that has just been changed. */
export const wakeHeld = (
  db: Db,
  jobId: string,
  reason: 'job_paused' | 'rights_lost',
  now: Date,
): Promise<Changed[]> =>
  query(
    db,
    sql`WITH held AS (SELECT id FROM patch_job_hosts WHERE job_id = ${jobId} AND reason = ${reason}
        AND status IN ('queued', 'waiting_health_check') AND next_attempt_at > ${now} ORDER BY id FOR NO KEY UPDATE)
      UPDATE patch_job_hosts r SET next_attempt_at = ${now} FROM held WHERE r.id = held.id
      RETURNING r.id, r.host_id AS "hostId"`,
  );

/** Asks for the end of every run that has not ended; whose agent was told is asked about at once. */
export const requestCancels = (db: Db, jobId: string, by: string, now: Date): Promise<Changed[]> =>
  query(
    db,
    sql`WITH open AS (SELECT id FROM patch_job_hosts WHERE job_id = ${jobId} AND status IN ${openStatuses}
        AND cancel_requested_at IS NULL ORDER BY id FOR NO KEY UPDATE)
      UPDATE patch_job_hosts r SET cancel_requested_at = ${now}, cancel_requested_by = ${by},
        next_step_at = CASE WHEN r.status IN ('queued', 'waiting_health_check') THEN r.next_step_at
          ELSE least(r.next_step_at, ${now}) END
      FROM open WHERE r.id = open.id RETURNING r.id, r.host_id AS "hostId"`,
  );

export const takeOverJob = (db: Db, id: string, by: string): Promise<unknown> =>
  query(db, sql`UPDATE patch_jobs SET created_by = ${by} WHERE id = ${id}`);

/** Hosts whose runs failed, dispatched or not, or of which somebody says so. */
export async function failedHosts(db: Db, jobId: string): Promise<string[]> {
  const rows = await query<{ host_id: string }>(
    db,
    sql`SELECT host_id FROM patch_job_hosts WHERE job_id = ${jobId}
      AND (status = 'failed' OR resolved_outcome = 'failed') ORDER BY position`,
  );
  return rows.map(({ host_id }) => host_id);
}

export const hostsOfJob = (db: Db, jobId: string): Promise<Changed[]> =>
  query(db, sql`SELECT id, host_id AS "hostId" FROM patch_job_hosts WHERE job_id = ${jobId}`);
