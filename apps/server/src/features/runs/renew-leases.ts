import sql from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { leaseMs } from './claim-due-runs.js';
import type { ClaimedRun } from './claimed-run.js';

type Held = Pick<ClaimedRun, 'id' | 'fence'>;

/** Those that are still held, locked in the order of their ids like everybody who writes more than one. */
const stillHeld = (claims: readonly Held[]) =>
  sql`SELECT r.id FROM patch_job_hosts r
    JOIN unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ fence }) => fence)}::bigint[]) AS c (id, fence)
      ON c.id = r.id AND c.fence = r.fence
    ORDER BY r.id FOR NO KEY UPDATE OF r`;

/**
 * Holds claims for another lease. One that has run out is renewed too where nobody has taken the run.
 *
 * @returns the runs that are still ours; the others have been taken away or were ended
 */
export async function renewLeases(db: Db, claims: readonly Held[]): Promise<ReadonlySet<string>> {
  const { rows } = await execute<{ id: string }>(
    db,
    sql`WITH held AS (${stillHeld(claims)})
      UPDATE patch_job_hosts r SET lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
      FROM held WHERE r.id = held.id RETURNING r.id`,
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Gives claims back before their lease ends. Whoever could do that has not died of the run, whether it came to an outcome
 * or not.
 */
export async function giveBackRuns(db: Db, claims: readonly Held[]): Promise<void> {
  if (claims.length === 0) return;
  await execute(
    db,
    sql`WITH held AS (${stillHeld(claims)})
      UPDATE patch_job_hosts r SET owner = NULL, lease_until = NULL, crash_count = greatest(0, r.crash_count - 1)
      FROM held WHERE r.id = held.id`,
  );
}
