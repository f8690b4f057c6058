import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** Says that this worker is alive; its row may have been swept while it could not reach the database. */
export async function recordSeen(db: Db, id: string, startedAt: Date, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO workers (id, started_at, seen_at) VALUES (${id}, ${startedAt}, ${now})
      ON CONFLICT (id) DO UPDATE SET seen_at = ${now}`,
  );
}

export async function removeWorker(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM workers WHERE id = ${id}`);
}

export async function sweepWorkers(db: Db, before: Date): Promise<void> {
  await execute(db, sql`DELETE FROM workers WHERE seen_at < ${before}`);
}

/** When any worker was seen last; null when none is registered. */
export async function lastSeenAt(db: Db): Promise<Date | null> {
  const row = await queryOne<{ seen_at: Date | null }>(db, sql`SELECT max(seen_at) AS seen_at FROM workers`);
  return row?.seen_at ?? null;
}
