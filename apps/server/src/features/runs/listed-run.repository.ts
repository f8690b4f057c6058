import type { RunFilterName, RunReasonName } from '@patchgate/contracts';
import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHost, reachesHostOfMany } from '../../platform/http/scope.js';
import { checksOf } from './checks-of-attempt.js';
import type { ListedRunRow, RunDetailRow } from './listed-run.row.js';

const columns = sql`r.id, r.job_id, r.host_id, h.fqdn, r.status, r.reason, r.detail, r.position, r.batch, r.attempt,
  r.last_attempt_at, r.next_attempt_at, r.window_opens_at, r.window_closes_at,
  ARRAY(SELECT o.outcome FROM (SELECT a.attempt, a.outcome FROM gate_attempts a WHERE a.run_id = r.id
    ORDER BY a.attempt DESC LIMIT 24) o ORDER BY o.attempt) AS outcomes,
  ${checksOf(sql`r.id`, sql`(SELECT max(a.attempt) FROM gate_attempts a WHERE a.run_id = r.id)`)} AS checks,
  r.cancel_requested_at, r.override_requested_at, r.override_reason, COALESCE(o.display_name, 'deleted user') AS override_name,
  r.dispatched_at, r.ended_at, r.progress, r.phase, r.unreachable_since, r.overran_by_seconds, r.verification,
  r.verify_until, r.verification_checks, r.log_lines, r.resolved_at, r.resolved_outcome, r.resolved_reason,
  COALESCE(s.display_name, 'deleted user') AS resolved_name`;

const from = sql`patch_job_hosts r JOIN hosts h ON h.id = r.host_id
  LEFT JOIN users o ON o.id = r.override_by LEFT JOIN users s ON s.id = r.resolved_by`;

const inFlight = sql`('dispatching', 'running', 'rebooting', 'verifying')`;

export interface RunFilter {
  q?: string | undefined;
  status?: RunFilterName | undefined;
  reason?: RunReasonName | undefined;
}

function conditions(viewer: Principal, jobId: string, { q, status, reason }: RunFilter): Sql {
  const all = [sql`r.job_id = ${jobId}`, reachesHostOfMany(viewer, sql`r.host_id`)];
  if (q) all.push(sql`h.fqdn LIKE ${containsPattern(q.toLowerCase())}`);
  if (status === 'in_progress') all.push(sql`r.status IN ${inFlight}`);
  // As the counts of the job have it: an outcome that nobody knew is what somebody says of it.
  else if (status) all.push(sql`COALESCE(r.resolved_outcome, r.status) = ${status}`);
  if (reason) all.push(sql`r.reason = ${reason}`);
  return join(all, ' AND ');
}

interface RunPage {
  readonly jobId: string;
  readonly filter: RunFilter;
  /** The place in the roll-out that was shown last. */
  readonly after: number;
  readonly limit: number;
}

export function listRuns(
  db: Db,
  viewer: Principal,
  { jobId, filter, after, limit }: RunPage,
): Promise<ListedRunRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE ${conditions(viewer, jobId, filter)} AND r.position > ${after}
      ORDER BY r.position LIMIT ${limit}`,
  );
}

export async function countRuns(
  db: Db,
  viewer: Principal,
  jobId: string,
  filter: RunFilter,
): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM patch_job_hosts r JOIN hosts h ON h.id = r.host_id
      WHERE ${conditions(viewer, jobId, filter)}`,
  );
  return row?.count ?? 0;
}

export interface RunKey {
  readonly jobId: string;
  readonly runId: string;
}

export function findRun(
  db: Db,
  viewer: Principal,
  { jobId, runId }: RunKey,
): Promise<RunDetailRow | undefined> {
  return queryOne(
    db,
    sql`SELECT ${columns}, h.os, h.os_version, h.agent_version, r.package_changes, r.boot_id_before, r.boot_id_after,
        r.reboot, r.cancel_requested_by, COALESCE(c.display_name, 'deleted user') AS canceller_name
      FROM ${from} LEFT JOIN users c ON c.id = r.cancel_requested_by
      WHERE r.id = ${runId} AND r.job_id = ${jobId} AND ${reachesHost(viewer, sql`r.host_id`)}`,
  );
}

export function findRuns(db: Db, viewer: Principal, ids: readonly string[]): Promise<ListedRunRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE r.id = ANY (${ids}::uuid[]) AND ${reachesHost(viewer, sql`r.host_id`)}`,
  );
}

/** Whether the viewer reaches one of the hosts of a job, which makes it one that exists for him. */
export async function seesJob(db: Db, viewer: Principal, jobId: string): Promise<boolean> {
  const row = await queryOne<{ sees: boolean }>(
    db,
    sql`SELECT EXISTS (SELECT FROM patch_job_hosts r
      WHERE r.job_id = ${jobId} AND ${reachesHostOfMany(viewer, sql`r.host_id`)}) AS sees`,
  );
  return row?.sees === true;
}
