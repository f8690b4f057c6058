import { rollOutState } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { rollOutCounts } from './roll-out.repository.js';
import { lockJobs, rollOutOf } from './run-job.repository.js';
import type { RunJob } from './run-job.repository.js';

/** Of one transaction. */
const mostJobs = 1_000;

/**
 * Releases runs whose turn has come, in the order of the roll-out: their gate is asked now. Not more at a time than slots
 * are free, less those that were released and not looked at yet; a host that waits at its gate takes none.
 *
 * @param after looks at jobs with higher ids only
 * @returns the last job looked at, null when there are no more
 */
export async function releaseRuns(db: Db, now: Date, after: string | null): Promise<string | null> {
  const ids = await findReleasable(db, now, after);
  if (ids.length === 0) return null;
  const jobs = await lockJobs(db, ids);
  const going = [...jobs.values()].filter(({ paused_at }) => paused_at === null);
  await resumeWaiting(db, going, now);
  await releaseQueued(db, going, now);
  return ids.length < mostJobs ? null : (ids.at(-1) ?? null);
}

/** Waits for a release: never released, or to be looked at later only because there was no place for it. */
const waitsForRelease = (now: Date) =>
  sql`(r.next_attempt_at IS NULL OR r.status = 'queued' AND r.reason IN ('batch_wait', 'job_paused') AND r.next_attempt_at > ${now})`;

const isOpen = (now: Date) => sql`r.window_opens_at <= ${now} AND r.window_closes_at > ${now}`;

async function findReleasable(db: Db, now: Date, after: string | null): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT DISTINCT j.id FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id
      WHERE r.status IN ('queued', 'waiting_health_check') AND ${waitsForRelease(now)} AND ${isOpen(now)}
        AND j.paused_at IS NULL AND (${after}::uuid IS NULL OR j.id > ${after}) ORDER BY j.id LIMIT ${mostJobs}`,
  );
  return rows.map(({ id }) => id);
}

/** Those that waited for their checks when the job was paused were looked at before: their turn had come. */
async function resumeWaiting(db: Db, jobs: readonly RunJob[], now: Date): Promise<void> {
  await execute(
    db,
    sql`WITH waiting AS (
        SELECT r.id FROM patch_job_hosts r WHERE r.job_id = ANY (${jobs.map(({ id }) => id)}::uuid[])
          AND r.status = 'waiting_health_check' AND r.next_attempt_at IS NULL AND ${isOpen(now)}
        ORDER BY r.id FOR NO KEY UPDATE)
      UPDATE patch_job_hosts r SET next_attempt_at = ${now} FROM waiting WHERE r.id = waiting.id`,
  );
}

async function releaseQueued(db: Db, jobs: readonly RunJob[], now: Date): Promise<void> {
  const ids = jobs.map(({ id }) => id);
  const counts = await rollOutCounts(db, ids, now);
  const states = jobs.map((job) => ({ job, ...rollOutState(rollOutOf(job), counts.get(job.id) ?? []) }));
  const open = states.filter(({ isWithinBudget, freeSlots }) => isWithinBudget && freeSlots > 0);
  if (open.length === 0) return;
  await execute(
    db,
    sql`WITH places AS (
        SELECT p.id, p.batch, p.slots - (SELECT count(*) FROM patch_job_hosts l WHERE l.job_id = p.id
          AND l.status = 'queued' AND l.next_attempt_at <= ${now}) AS free
        FROM unnest(${open.map(({ job }) => job.id)}::uuid[], ${open.map(({ openBatch }) => openBatch)}::integer[],
          ${open.map(({ freeSlots }) => freeSlots)}::bigint[]) AS p (id, batch, slots)
      ), next AS (
        SELECT n.id FROM places p CROSS JOIN LATERAL (
          SELECT r.id FROM patch_job_hosts r WHERE r.job_id = p.id AND r.status = 'queued' AND r.batch <= p.batch
            AND ${waitsForRelease(now)} AND ${isOpen(now)} ORDER BY r.position LIMIT greatest(0, p.free)) AS n
      ), locked AS (SELECT r.id FROM patch_job_hosts r JOIN next ON next.id = r.id ORDER BY r.id FOR NO KEY UPDATE OF r)
      UPDATE patch_job_hosts r SET next_attempt_at = ${now} FROM locked WHERE r.id = locked.id`,
  );
}
