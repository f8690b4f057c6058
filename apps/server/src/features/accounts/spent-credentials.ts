import sql from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { idleMs } from './session.repository.js';

/**
 * Forgets sessions, API tokens and counters that nothing can use any more. A day later than need be, so that the clocks
 * of a few machines may differ, and a person who asks why he was signed out finds the row.
 *
 * @returns how many rows went
 */
export async function deleteSpentCredentials(db: Db): Promise<number> {
  const idleSeconds = idleMs / 1000;
  const statements = [
    sql`DELETE FROM sessions WHERE least(revoked_at, expires_at, last_used_at + make_interval(secs => ${idleSeconds}))
      < now() - interval '1 day'`,
    sql`DELETE FROM api_tokens WHERE least(revoked_at, expires_at) < now() - interval '1 day'`,
    sql`DELETE FROM rate_limits WHERE window_started_at < now() - interval '1 day'`,
  ];
  let deleted = 0;
  for (const statement of statements) deleted += (await execute(db, statement)).affected;
  return deleted;
}
