import type { LogLineView } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { checksOf } from './checks-of-attempt.js';
import type { AttemptRow } from './listed-run.row.js';

/** Of a run that the viewer was found to reach; the latest first. */
export function listAttempts(
  db: Db,
  runId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<AttemptRow[]> {
  return query(
    db,
    sql`SELECT a.attempt, a.started_at, a.ended_at, a.outcome, a.held_by, a.override_reason,
        COALESCE(u.display_name, 'deleted user') AS override_name, ${checksOf(sql`a.run_id`, sql`a.attempt`)} AS checks
      FROM gate_attempts a LEFT JOIN users u ON u.id = a.override_by
      WHERE a.run_id = ${runId} AND (${before}::int IS NULL OR a.attempt < ${before})
      ORDER BY a.attempt DESC LIMIT ${limit}`,
  );
}

export const countAttempts = (db: Db, runId: string): Promise<number> =>
  countOf(db, sql`SELECT count(*)::int AS count FROM gate_attempts WHERE run_id = ${runId}`);

export interface LogRow extends Omit<LogLineView, 'at'> {
  readonly at: Date;
}

export const listLog = (
  db: Db,
  runId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<LogRow[]> =>
  query(
    db,
    sql`SELECT seq, at, source, line FROM run_log WHERE run_id = ${runId} AND seq > ${after}::bigint ORDER BY seq LIMIT ${limit}`,
  );

export const countLog = (db: Db, runId: string): Promise<number> =>
  countOf(db, sql`SELECT count(*)::int AS count FROM run_log WHERE run_id = ${runId}`);

async function countOf(db: Db, statement: ReturnType<typeof sql>): Promise<number> {
  return (await queryOne<{ count: number }>(db, statement))?.count ?? 0;
}
