import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import type { Clock } from '../../platform/clock/clock.js';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { ClaimedRun } from './claimed-run.js';

/** A worker that dies leaves its runs to others after this time. */
export const leaseMs = 15_000;
/** Claims in a row that came to no end of whatever kind: a run that was claimed so often kills who claims it. */
export const mostCrashes = 5;
/**
 * From here on a run is suspected and goes with few others, and after one more crash alone, so that those that were only
 * claimed with the one that kills go free. Not alone at once: workers that were killed three times, by whatever, leave
 * all that was open as suspects, and one after the other that is an hour's work.
 */
const suspectCrashes = 3;
const mostSuspects = 32;

interface ClaimOptions {
  /** Of this worker process. */
  readonly owner: string;
  /** Runs that were not dispatched, and those under way: each has a share of its own, so that neither starves the other. */
  readonly gateLimit: number;
  readonly stepLimit: number;
  /** False while a run that is suspected of killing its worker is under way here. */
  readonly mayTakeSuspect: boolean;
  readonly clock: Clock;
}

export interface Claim extends ClaimedRun {
  /** It has killed its worker too often: it is not to be touched but to be ended. */
  readonly isPoison: boolean;
  readonly isSuspect: boolean;
  /** Somebody wants it looked at now; told apart from a request that comes later. */
  readonly checkRequestedAt: Date | null;
}

/**
 * Takes runs that are due or asked for, in one statement that is committed before anything is sent anywhere. Leases are
 * compared by the database's clock alone, due times by ours alone: two clocks never meet in a comparison.
 */
export async function claimDueRuns(db: Db, options: ClaimOptions): Promise<Claim[]> {
  const { owner, gateLimit, stepLimit, mayTakeSuspect, clock } = options;
  const now = clock.now();
  const { rows } = await execute<Claim>(
    db,
    sql`WITH asked AS (
        SELECT r.id FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
        WHERE ${undispatched} AND r.check_requested_at IS NOT NULL AND ${free} AND ${unsuspected} AND ${mayAttempt(now)}
        ORDER BY r.check_requested_at LIMIT ${gateLimit} FOR NO KEY UPDATE OF r SKIP LOCKED
      ), due AS (
        SELECT r.id FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
        WHERE ${undispatched} AND r.next_attempt_at <= ${now} AND ${free} AND ${unsuspected} AND ${mayAttempt(now)}
        ORDER BY r.next_attempt_at LIMIT greatest(0, ${gateLimit}::bigint - (SELECT count(*) FROM asked))
        FOR NO KEY UPDATE OF r SKIP LOCKED
      ), under_way AS (
        SELECT r.id FROM patch_job_hosts r WHERE ${underWay} AND r.next_step_at <= ${now} AND ${free} AND ${unsuspected}
        ORDER BY r.next_step_at LIMIT ${stepLimit} FOR NO KEY UPDATE SKIP LOCKED
      ), suspects AS (
        SELECT r.id, r.crash_count, r.lease_until FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
        WHERE ${mayTakeSuspect} AND ${suspected} AND ${free}
          AND (${undispatched} AND (r.next_attempt_at <= ${now} OR r.check_requested_at IS NOT NULL) AND ${mayAttempt(now)}
            OR ${underWay} AND r.next_step_at <= ${now})
      ), eldest AS (
        SELECT crash_count FROM suspects ORDER BY lease_until NULLS FIRST LIMIT 1
      ), suspect AS (
        SELECT r.id FROM patch_job_hosts r JOIN suspects s ON s.id = r.id JOIN eldest e ON e.crash_count = s.crash_count
        WHERE r.crash_count = s.crash_count AND ${free} ORDER BY r.lease_until NULLS FIRST
        LIMIT (SELECT CASE crash_count WHEN ${mostCrashes - 1} THEN 1 ELSE ${mostSuspects} END FROM eldest)
        FOR NO KEY UPDATE OF r SKIP LOCKED
      ), taken AS (
        SELECT id FROM asked UNION SELECT id FROM due UNION SELECT id FROM under_way UNION SELECT id FROM suspect
      )
      UPDATE patch_job_hosts r SET owner = ${owner}, fence = r.fence + 1, crash_count = r.crash_count + 1,
        lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
      FROM taken WHERE r.id = taken.id
      RETURNING r.id, r.job_id AS "jobId", r.host_id AS "hostId", r.status, r.fence, false AS "isFirstSend",
        r.crash_count > ${mostCrashes} AS "isPoison", r.crash_count > ${suspectCrashes} AS "isSuspect",
        r.check_requested_at AS "checkRequestedAt"`,
  );
  return rows;
}

const undispatched = sql`r.status IN ('queued', 'waiting_health_check')`;
const underWay = sql`r.status IN ('dispatching', 'running', 'rebooting', 'verifying', 'indeterminate')`;
const free = sql`(r.lease_until IS NULL OR r.lease_until <= clock_timestamp())`;
// Written out, because a parameter could not be held against the condition of the index.
const unsuspected = sql`r.crash_count < 3`;
const suspected = sql`r.crash_count >= 3`;

/** While a job is paused there are no attempts, and after the close there is none either. */
const mayAttempt = (now: Date): Sql =>
  sql`j.paused_at IS NULL AND (r.window_closes_at IS NULL OR r.window_closes_at > ${now})`;
