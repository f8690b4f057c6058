import type { RollOut } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** What of a job its runs go by. */
export interface RunJob {
  readonly id: string;
  /** Whose rights the runs are started with; null when that person was deleted. */
  readonly created_by: string | null;
  readonly schedule: 'now' | 'window';
  readonly deadline_at: Date | null;
  readonly allow_reboot: boolean;
  readonly paused_at: Date | null;
  readonly max_in_flight: number;
  readonly max_failures: number;
  readonly failures_accepted: number;
  readonly is_canary_accepted: boolean;
}

const columns = sql`j.id, j.created_by, j.schedule, j.deadline_at, j.allow_reboot, j.paused_at, j.max_in_flight,
  j.max_failures, j.failures_accepted, j.is_canary_accepted`;

export async function loadJobs(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, RunJob>> {
  const rows = await query<RunJob>(
    db,
    sql`SELECT ${columns} FROM patch_jobs j WHERE j.id = ANY (${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** In the order of their ids, before anything else is locked: whoever decides about runs holds their jobs. */
export async function lockJobs(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, RunJob>> {
  const rows = await query<RunJob>(
    db,
    sql`SELECT ${columns} FROM patch_jobs j WHERE j.id = ANY (${ids}::uuid[]) ORDER BY j.id FOR NO KEY UPDATE`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export const rollOutOf = (job: RunJob): RollOut => ({
  isPaused: job.paused_at !== null,
  maxInFlight: job.max_in_flight,
  maxFailures: job.max_failures,
  failuresAccepted: job.failures_accepted,
  isCanaryAccepted: job.is_canary_accepted,
});
