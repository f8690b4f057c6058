import sql from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { tellOfRuns } from './tell-of-runs.js';
import type { ChangedRun } from './tell-of-runs.js';

/**
 * While a job is paused its runs wait for it: the same as `transition` makes of `held`. A host whose checks fail goes on
 * waiting for them and keeps what failed. Those whose window has not opened wait for that in any case.
 */
export async function holdPausedRuns(db: Db, now: Date): Promise<void> {
  const { rows } = await execute<ChangedRun>(
    db,
    sql`WITH held AS (
        SELECT r.id FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
        WHERE j.paused_at IS NOT NULL AND r.status IN ('queued', 'waiting_health_check') AND r.window_opens_at <= ${now}
          AND (r.reason IS DISTINCT FROM 'job_paused' OR r.next_attempt_at IS NOT NULL)
        ORDER BY r.id FOR NO KEY UPDATE OF r
      )
      UPDATE patch_job_hosts r SET reason = 'job_paused', next_attempt_at = NULL,
        status = CASE WHEN r.last_outcome IN ('fail', 'error') THEN 'waiting_health_check' ELSE 'queued' END,
        detail = CASE WHEN r.last_outcome IN ('fail', 'error') THEN r.detail END
      FROM held WHERE r.id = held.id RETURNING r.id, r.job_id AS "jobId", r.host_id AS "hostId"`,
  );
  await tellOfRuns(db, rows);
}
