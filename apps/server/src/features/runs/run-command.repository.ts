import type { RunStatus } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHost } from '../../platform/http/scope.js';
import { checksOf } from './checks-of-attempt.js';
import type { RunKey } from './listed-run.repository.js';
import type { AttemptCheck } from './listed-run.row.js';

export interface CommandedRun {
  readonly id: string;
  readonly job_id: string;
  readonly host_id: string;
  readonly fqdn: string;
  readonly number: number;
  readonly status: RunStatus;
  readonly window_closes_at: Date | null;
  readonly cancel_requested_at: Date | null;
  readonly resolved_at: Date | null;
  readonly last_outcome: string | null;
  readonly attempt: number;
  /** Of the latest attempt. */
  readonly checks: readonly AttemptCheck[];
}

/** What a command decides by: whoever saves the run meanwhile waits, and then sees what was asked. */
export const lockRun = (
  db: Db,
  viewer: Principal,
  { jobId, runId }: RunKey,
): Promise<CommandedRun | undefined> =>
  queryOne(
    db,
    sql`SELECT r.id, r.job_id, r.host_id, h.fqdn, j.number::int AS number, r.status, r.window_closes_at,
        r.cancel_requested_at, r.resolved_at, r.last_outcome, r.attempt, ${checksOf(sql`r.id`, sql`r.attempt`)} AS checks
      FROM patch_job_hosts r JOIN hosts h ON h.id = r.host_id JOIN patch_jobs j ON j.id = r.job_id
      WHERE r.id = ${runId} AND r.job_id = ${jobId} AND ${reachesHost(viewer, sql`r.host_id`)} FOR NO KEY UPDATE OF r`,
  );

/** What was dispatched is asked about at once; what was not ends by itself. */
export const requestCancel = (db: Db, id: string, by: string, now: Date): Promise<unknown> =>
  execute(
    db,
    sql`UPDATE patch_job_hosts SET cancel_requested_at = ${now}, cancel_requested_by = ${by},
        next_step_at = CASE WHEN status IN ('queued', 'waiting_health_check') THEN next_step_at
          ELSE least(next_step_at, ${now}) END
      WHERE id = ${id}`,
  );

export const requestCheck = (db: Db, id: string, now: Date): Promise<unknown> =>
  execute(db, sql`UPDATE patch_job_hosts SET check_requested_at = ${now} WHERE id = ${id}`);

/** The attempt that it asks for still probes, and keeps what it finds. */
export const requestOverride = (
  db: Db,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
  now: Date,
): Promise<unknown> =>
  execute(
    db,
    sql`UPDATE patch_job_hosts SET override_by = ${by}, override_reason = ${reason}, override_requested_at = ${now},
        check_requested_at = ${now}
      WHERE id = ${id}`,
  );

export interface Resolution {
  readonly by: string;
  readonly outcome: 'succeeded' | 'failed';
  readonly reason: string;
}

/** Nobody asks the agent any more, and whoever is asking at this moment may not write what it says: the fence is raised. */
export const resolveRun = (
  db: Db,
  id: string,
  { by, outcome, reason }: Resolution,
  now: Date,
): Promise<unknown> =>
  execute(
    db,
    sql`UPDATE patch_job_hosts SET resolved_at = ${now}, resolved_by = ${by}, resolved_outcome = ${outcome},
        resolved_reason = ${reason}, next_step_at = NULL, fence = fence + 1, owner = NULL, lease_until = NULL
      WHERE id = ${id}`,
  );
