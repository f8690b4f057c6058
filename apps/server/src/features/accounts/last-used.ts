import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';

const oncePerMs = 60_000;

/** Whether a use is worth a write. At most once a minute and credential: one per request would cost more than the request. */
export const isWorthNoting = (lastUsedAt: Sql, now: Date): Sql =>
  sql`(${lastUsedAt} IS NULL OR ${lastUsedAt} < ${new Date(now.getTime() - oncePerMs)})`;
