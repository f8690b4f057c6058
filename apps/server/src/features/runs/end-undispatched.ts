import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { runsEnded } from './run-ended.js';
import type { EndedRunRow } from './run-ended.js';
import { lockJobs } from './run-job.repository.js';

interface End {
  /** Which runs `r` end; they are undispatched in any case. */
  readonly which: Sql;
  /** In words of the run `r` and its job `j`. */
  readonly status: Sql;
  readonly reason: Sql;
}

/** Ended in one transaction; with more, a close of all that there is would hold locks for longer than anybody waits. */
const mostTogether = 5_000;

/**
 * Ends runs that no agent was told of, by one statement, whoever has them: it raises their fence, so that whoever looks at
 * one at this moment has lost it, and it needs no lease. Their jobs are locked before, as by everybody who ends a run.
 *
 * @returns how many
 */
export async function endUndispatched(dataSource: DataSource, end: End, now: Date): Promise<number> {
  let ended = 0;
  for (;;) {
    const batch = await dataSource.transaction((db) => endSome(db, end, now));
    ended += batch;
    if (batch < mostTogether) return ended;
  }
}

const undispatched = sql`r.status IN ('queued', 'waiting_health_check')`;

async function endSome(db: Db, { which, status, reason }: End, now: Date): Promise<number> {
  const due = await query<{ id: string; jobId: string }>(
    db,
    sql`SELECT r.id, r.job_id AS "jobId" FROM patch_job_hosts r WHERE ${undispatched} AND ${which} LIMIT ${mostTogether}`,
  );
  if (due.length === 0) return 0;
  const jobs = await lockJobs(db, [...new Set(due.map(({ jobId }) => jobId))]);
  const { rows } = await execute<EndedRunRow>(
    db,
    sql`WITH due AS (
        SELECT r.id FROM patch_job_hosts r WHERE r.id = ANY (${due.map(({ id }) => id)}::uuid[])
          AND ${undispatched} AND ${which} ORDER BY r.id FOR NO KEY UPDATE
      )
      UPDATE patch_job_hosts r SET status = ${status}, reason = ${reason}, next_attempt_at = NULL, next_step_at = NULL,
        unreachable_since = NULL, check_requested_at = NULL, ended_at = ${now}, fence = r.fence + 1, owner = NULL,
        lease_until = NULL
      FROM due, patch_jobs j WHERE r.id = due.id AND j.id = r.job_id
      RETURNING r.id, r.job_id AS "jobId", r.host_id AS "hostId", r.batch, r.status, r.reason`,
  );
  await runsEnded(db, jobs, rows, now);
  return due.length;
}
