import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { LogLine } from './run-step.js';

/** More than people read, and than an agent that never stops may fill our disk with. */
const mostLines = 50_000;

/** Appends to the log of a run that this transaction has saved under its fence. */
export async function appendLog(db: Db, runId: string, lines: readonly LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  const row = await queryOne<{ log_lines: number }>(
    db,
    sql`SELECT log_lines FROM patch_job_hosts WHERE id = ${runId}`,
  );
  const before = row?.log_lines ?? 0;
  const room = mostLines - before;
  const kept = lines.length <= room ? lines : cutTo(room, lines);
  if (kept.length === 0) return;
  await execute(
    db,
    sql`INSERT INTO run_log (run_id, seq, at, source, line)
      SELECT ${runId}, ${before}::int + row_number() OVER (ORDER BY n), at, source, left(line, 2000)
      FROM unnest(${kept.map(({ at }) => at)}::timestamptz[], ${kept.map(({ source }) => source)}::text[],
        ${kept.map(({ line }) => line)}::text[]) WITH ORDINALITY AS l (at, source, line, n)`,
  );
  await execute(
    db,
    sql`UPDATE patch_job_hosts SET log_lines = log_lines + ${kept.length} WHERE id = ${runId}`,
  );
}

/** Ours are few and say what became of the run: they are kept in any case. That the agent's are cut is said once, there. */
function cutTo(room: number, lines: readonly LogLine[]): LogLine[] {
  let left = Math.max(0, room - 1 - lines.filter(({ source }) => source === 'manager').length);
  let isSaid = room <= 0;
  return lines.flatMap((line) => {
    if (line.source === 'manager') return [line];
    left -= 1;
    if (left >= 0) return [line];
    if (isSaid) return [];
    isSaid = true;
    const notice = `what the agent says from here on is not kept: ${mostLines} lines are`;
    return [{ at: line.at, source: 'manager', line: notice }];
  });
}
