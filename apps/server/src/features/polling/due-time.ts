import { phases } from '@patchgate/domain';
import type { PhaseRange } from '@patchgate/domain';
import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';

/** Now, as a due time is stored: to the millisecond, and never rounded up into the future. */
export const dueNow = sql`date_trunc('milliseconds', now())`;

/** The condition that the moment of a phase has come; null looks at all of them. */
export const inRanges = (phase: Sql, ranges: readonly PhaseRange[] | null): Sql =>
  ranges === null
    ? sql`true`
    : sql`(${join(
        ranges.map(({ from, to }) => sql`${phase} BETWEEN ${from} AND ${to}`),
        ' OR ',
      )})`;

/** As `nextDueMs` of the domain, by the database's clock. */
export function nextDue(phase: Sql, intervalMs: number): Sql {
  const now = sql`(extract(epoch FROM now()) * 1000)::bigint`;
  const offset = sql`(${phase}::bigint * ${intervalMs}::bigint / ${phases}::bigint)`;
  const interval = sql`${intervalMs}::bigint`;
  return sql`to_timestamp((((${now} - ${offset}) / ${interval} + 1) * ${interval} + ${offset}) / 1000.0)`;
}
