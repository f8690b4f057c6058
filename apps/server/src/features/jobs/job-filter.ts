import type { JobStatusName } from '@patchgate/contracts';
import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHostOfMany } from '../../platform/http/scope.js';

export interface JobFilter {
  q?: string | undefined;
  status?: JobStatusName | undefined;
  host?: string | undefined;
  open?: 'true' | 'false' | undefined;
}

/** Statuses of runs that have not ended; written out, so that the partial indexes on them are used. */
export const openStatuses = sql`('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')`;

/** Whether there is a run of the job `j` that the viewer reaches and of which something holds. */
const some = (viewer: Principal, holds: Sql): Sql =>
  sql`EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id AND ${reachesHostOfMany(viewer, sql`r.host_id`)}
    AND ${holds})`;

/**
 * The words of `jobStatus`, for looking: what it would say of a job is asked of the runs without counting them. Each
 * question names the statuses it is about, so that an index answers it.
 */
function hasStatus(viewer: Principal, status: JobStatusName): Sql {
  const has = (holds: Sql) => some(viewer, holds);
  const isOpen = has(sql`r.status IN ${openStatuses}`);
  const isPaused = sql`j.paused_at IS NOT NULL`;
  const hasBegun = sql`(${has(sql`r.status NOT IN ('queued', 'waiting_health_check')`)}
    OR ${has(sql`r.status IN ('queued', 'waiting_health_check') AND r.attempt > 0`)})`;
  // An outcome that nobody knew is what somebody says of it.
  const hasSuccess = sql`(${has(sql`r.status = 'succeeded'`)}
    OR ${has(sql`r.status = 'indeterminate' AND r.resolved_outcome = 'succeeded'`)})`;
  const hasOther = sql`(${has(sql`r.status IN ('failed', 'cancelled')`)}
    OR ${has(sql`r.status = 'indeterminate' AND r.resolved_outcome IS DISTINCT FROM 'succeeded'`)})`;
  const hasUncancelled = has(sql`r.status IN ('succeeded', 'failed', 'indeterminate')`);
  switch (status) {
    case 'paused':
      return sql`${isOpen} AND ${isPaused}`;
    case 'queued':
      return sql`${isOpen} AND NOT ${isPaused} AND NOT ${hasBegun}`;
    case 'running':
      return sql`${isOpen} AND NOT ${isPaused} AND ${hasBegun}`;
    case 'succeeded':
      return sql`NOT ${isOpen} AND NOT ${hasOther}`;
    case 'cancelled':
      return sql`NOT ${isOpen} AND NOT ${hasUncancelled}`;
    case 'partially_failed':
      return sql`NOT ${isOpen} AND ${hasSuccess} AND ${hasOther}`;
    case 'failed':
      return sql`NOT ${isOpen} AND NOT ${hasSuccess} AND ${hasUncancelled}`;
  }
}

/** The condition under which the viewer is shown a job of this filter. */
export function jobConditions(viewer: Principal, { q, status, host, open }: JobFilter): Sql {
  const all = [some(viewer, sql`true`)];
  if (q) all.push(matches(q));
  if (host) all.push(some(viewer, sql`r.host_id = ${host}`));
  if (status) all.push(hasStatus(viewer, status));
  if (open) all.push(sql`${some(viewer, sql`r.status IN ${openStatuses}`)} = ${open === 'true'}`);
  return join(all, ' AND ');
}

function matches(q: string): Sql {
  const isNamed = sql`j.name ILIKE ${containsPattern(q)}`;
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  return number === undefined ? isNamed : sql`(${isNamed} OR j.number = ${Number(number)})`;
}
