import type { JobRequest } from '@patchgate/contracts';
import type { RunReason } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface NewJob extends Omit<
  JobRequest,
  'host_ids' | 'left_out_host_ids' | 'name' | 'deadline_minutes'
> {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  readonly deadlineAt: Date | null;
  readonly retryOf: string | null;
}

/** @returns its number */
export async function insertJob(db: Db, job: NewJob, now: Date): Promise<number> {
  const row = await queryOne<{ number: number }>(
    db,
    sql`INSERT INTO patch_jobs (id, name, created_by, created_at, schedule, deadline_at, selection, packages, exclude,
        group_ids, allow_reboot, canary, batch_size, max_in_flight, max_failures, retry_of)
      VALUES (${job.id}, ${job.name}, ${job.createdBy}, ${now}, ${job.schedule}, ${job.deadlineAt}, ${job.selection},
        ${job.packages ?? null}::text[], ${job.exclude}::text[], ${job.group_ids}::uuid[], ${job.allow_reboot}, ${job.canary},
        ${job.batch_size}, ${job.max_in_flight}, ${job.max_failures}, ${job.retryOf})
      RETURNING number::int AS number`,
  );
  if (!row) throw new Error('a job without a number');
  return row.number;
}

export interface NewRun {
  readonly id: string;
  readonly hostId: string;
  readonly position: number;
  readonly batch: number;
  readonly reason: RunReason | null;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/**
 * All in one statement, in the order of their hosts: two orders that race for the same hosts then wait for each other and
 * never in a circle.
 */
export async function insertRuns(db: Db, jobId: string, runs: readonly NewRun[]): Promise<void> {
  const column = <K extends keyof NewRun>(name: K): NewRun[K][] => runs.map((run) => run[name]);
  await execute(
    db,
    sql`INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, reason, window_opens_at, window_closes_at)
      SELECT id, ${jobId}, host_id, position, batch, 'queued', reason, opens_at, closes_at
      FROM unnest(${column('id')}::uuid[], ${column('hostId')}::uuid[], ${column('position')}::int[],
        ${column('batch')}::int[], ${column('reason')}::text[], ${column('opensAt')}::timestamptz[],
        ${column('closesAt')}::timestamptz[]) AS t (id, host_id, position, batch, reason, opens_at, closes_at)
      ORDER BY host_id`,
  );
}
