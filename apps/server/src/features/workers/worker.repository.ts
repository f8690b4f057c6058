import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/**
 * Says that this worker is alive, and forgets those that have not been seen for a day. The database's clock writes and
 * judges: a worker's and an api's may differ.
 */
export async function recordSeen(db: Db, id: string): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO workers (id, started_at, seen_at) VALUES (${id}, now(), now())
      ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
  );
  await execute(db, sql`DELETE FROM workers WHERE seen_at < now() - interval '1 day'`);
}

export async function removeWorker(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM workers WHERE id = ${id}`);
}

/** How long ago any worker was seen last; null when none is registered. */
export async function lastSeenAgeMs(db: Db): Promise<number | null> {
  const row = await queryOne<{ age_ms: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM now() - max(seen_at)) * 1000)::float8 AS age_ms FROM workers`,
  );
  return row?.age_ms ?? null;
}
