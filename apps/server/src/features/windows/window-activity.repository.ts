import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { WindowScope } from './window.repository.js';

/** A board shows a day, wherever midnight is. */
const lookBack = (now: Date): Date => new Date(now.getTime() - 2 * 86_400_000);

/** A window that is open, and since when. */
export interface OpenWindow extends WindowScope {
  readonly id: string;
  readonly opensAt: Date;
}

export interface ActivityRow {
  window_id: string;
  jobs: { id: string; number: number }[];
  attempted_at: Date[];
}

/**
 * What happens in windows that are open: of each with a run in it, its jobs that have not ended, and the five minutes in
 * which one of its runs tried the gate.
 *
 * @param windows in the caller's reach: whoever reaches a window reaches each host that it is about
 * @param now in whose windows their runs are
 */
export function activityOf(db: Db, windows: readonly OpenWindow[], now: Date): Promise<ActivityRow[]> {
  const column = <T>(of: (window: OpenWindow) => T): T[] => windows.map(of);
  return query(
    db,
    sql`WITH open AS (
        SELECT * FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ host_id }) => host_id)}::uuid[],
          ${column(({ group_id }) => group_id)}::uuid[], ${column(({ opensAt }) => opensAt)}::timestamptz[])
          AS w (id, host_id, group_id, opens_at)
      ), scope AS (
        SELECT id, opens_at, host_id FROM open WHERE host_id IS NOT NULL
        UNION ALL SELECT o.id, o.opens_at, gh.host_id FROM open o JOIN group_hosts gh ON gh.group_id = o.group_id
      ), run AS MATERIALIZED (
        SELECT s.id AS window_id, s.opens_at, r.id, j.id AS job_id, j.number, r.ended_at IS NULL AS is_live
        FROM scope s JOIN patch_job_hosts r ON r.host_id = s.host_id
          JOIN patch_jobs j ON j.id = r.job_id AND j.schedule = 'window'
        WHERE r.window_opens_at <= ${now} AND r.window_closes_at > s.opens_at
          AND (r.ended_at IS NULL OR r.ended_at > s.opens_at)
      ), job AS (
        SELECT DISTINCT window_id, job_id, number::int FROM run WHERE is_live
      ), attempt AS (
        SELECT DISTINCT run.window_id, date_bin('5 minutes', a.started_at, 'epoch') AS started_at
        FROM run JOIN gate_attempts a ON a.run_id = run.id
        WHERE a.started_at >= GREATEST(run.opens_at, ${lookBack(now)})
      )
      SELECT w.window_id,
        COALESCE((SELECT jsonb_agg(jsonb_build_object('id', job_id, 'number', number) ORDER BY number) FROM job
          WHERE job.window_id = w.window_id), '[]') AS jobs,
        ARRAY(SELECT started_at FROM attempt a WHERE a.window_id = w.window_id ORDER BY started_at) AS attempted_at
      FROM (SELECT DISTINCT window_id FROM run) w`,
  );
}
