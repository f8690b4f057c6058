import sql from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { endUndispatched } from './end-undispatched.js';

/**
 * Ends what was cancelled and has not started, at once and whoever looks at it now: the same as `transition` makes of
 * `cancel_requested`. From `dispatching` on the agent's answer decides.
 *
 * @returns how many ended
 */
export const cancelRuns = (dataSource: DataSource, now: Date): Promise<number> =>
  endUndispatched(
    dataSource,
    {
      which: sql`r.cancel_requested_at IS NOT NULL`,
      status: sql`'cancelled'`,
      reason: sql`'cancelled'`,
    },
    now,
  );
