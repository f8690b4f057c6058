import sql from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import { endUndispatched } from './end-undispatched.js';

/**
 * Ends what has not started when its window closes: the same as `transition` makes of `window_closed`, for all of them at
 * once. A host whose checks failed keeps what failed as its detail; what kept a healthy one waiting stays its reason.
 *
 * @returns how many ended
 */
export const closeWindows = (dataSource: DataSource, now: Date): Promise<number> =>
  endUndispatched(
    dataSource,
    {
      which: sql`r.window_closes_at <= ${now}`,
      status: sql`'failed'`,
      reason: sql`CASE
        WHEN r.last_outcome IN ('fail', 'error') THEN 'gate_window_closed'
        WHEN j.schedule = 'now' THEN 'deadline_passed'
        WHEN r.reason IN ('blackout', 'batch_wait', 'job_paused', 'rights_lost', 'no_checks', 'agent_busy',
          'agent_unreachable', 'agent_refused') THEN r.reason
        -- planned anew when its windows were taken away, and none was left
        WHEN r.window_opens_at IS NULL THEN 'no_window'
        ELSE 'outside_window' END`,
    },
    now,
  );
