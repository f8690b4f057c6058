import type { Run, RunStatus } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { runColumns } from './run.row.js';
import type { RunRow } from './run.row.js';

export async function loadRuns(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, RunRow>> {
  const rows = await query<RunRow>(
    db,
    sql`SELECT ${runColumns} FROM patch_job_hosts r WHERE r.id = ANY (${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** After the lock of its job (`lockJobs`), never before it. */
export async function lockRun(db: Db, id: string): Promise<RunRow | undefined> {
  return (await lockRuns(db, [id])).get(id);
}

/** In the order of their ids, after the locks of their jobs (`lockJobs`). */
export async function lockRuns(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, RunRow>> {
  const rows = await query<RunRow>(
    db,
    sql`SELECT ${runColumns} FROM patch_job_hosts r WHERE r.id = ANY (${ids}::uuid[]) ORDER BY r.id FOR NO KEY UPDATE`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Under which claim a run is written, and where it must be for that. */
export interface Guard {
  readonly id: string;
  readonly fence: string;
  readonly from: readonly RunStatus[];
}

/**
 * Writes what was decided about a run, in the transaction that decides it. An outcome is recorded, so the run has not
 * killed whoever had it.
 *
 * @returns false when the run is somebody else's by now: nothing was written, and whoever asked must stop
 */
export async function saveRun(db: Db, guard: Guard, run: Run): Promise<boolean> {
  return (await saveRuns(db, [{ ...guard, run }])).has(guard.id);
}

export interface GuardedRun extends Guard {
  readonly run: Run;
}

/**
 * The same for many.
 *
 * @returns those that were written; the others are somebody else's by now
 */
export async function saveRuns(db: Db, runs: readonly GuardedRun[]): Promise<ReadonlySet<string>> {
  if (runs.length === 0) return new Set();
  const column = <K extends keyof Run>(name: K) => runs.map(({ run }) => run[name]);
  const instants = (name: InstantField) =>
    runs.map(({ run }) => (run[name] === null ? null : new Date(run[name])));
  const { rows } = await execute<{ id: string }>(
    db,
    sql`UPDATE patch_job_hosts r SET status = n.status, reason = n.reason, detail = left(n.detail, 2000),
        attempt = n.attempt, last_outcome = n.last_outcome, next_attempt_at = n.next_attempt_at,
        window_closes_at = n.window_closes_at, next_step_at = n.next_step_at, dispatched_at = n.dispatched_at,
        accepted_at = n.accepted_at, unreachable_since = n.unreachable_since, reboot = n.reboot,
        reboot_until = n.reboot_until, verify_until = n.verify_until, verification = n.verification,
        overran_by_seconds = n.overran_by_seconds, ended_at = n.ended_at, crash_count = 0
      FROM unnest(${runs.map(({ id }) => id)}::uuid[], ${runs.map(({ fence }) => fence)}::bigint[],
        ${runs.map(({ from }) => from.join())}::text[], ${column('status')}::text[], ${column('reason')}::text[],
        ${column('detail')}::text[], ${column('attempts')}::integer[], ${column('lastOutcome')}::text[],
        ${instants('nextAttemptAt')}::timestamptz[], ${instants('windowClosesAt')}::timestamptz[],
        ${instants('nextStepAt')}::timestamptz[], ${instants('dispatchedAt')}::timestamptz[],
        ${instants('acceptedAt')}::timestamptz[], ${instants('unreachableSince')}::timestamptz[],
        ${column('reboot')}::text[], ${instants('rebootUntil')}::timestamptz[],
        ${instants('verifyUntil')}::timestamptz[], ${column('verification')}::text[],
        ${column('overranBySeconds')}::integer[], ${instants('endedAt')}::timestamptz[])
        AS n (id, fence, from_statuses, status, reason, detail, attempt, last_outcome, next_attempt_at,
          window_closes_at, next_step_at, dispatched_at, accepted_at, unreachable_since, reboot, reboot_until,
          verify_until, verification, overran_by_seconds, ended_at)
      WHERE r.id = n.id AND r.fence = n.fence AND r.status = ANY (string_to_array(n.from_statuses, ','))
      RETURNING r.id`,
  );
  return new Set(rows.map(({ id }) => id));
}

type InstantField = {
  [K in keyof Run]: Run[K] extends number | null
    ? K extends `${string}At` | `${string}Until` | `${string}Since`
      ? K
      : never
    : never;
}[keyof Run];
