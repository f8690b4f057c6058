import sql from 'sql-template-tag';
import { queryOne } from '../database/query.js';
import type { Db } from '../database/query.js';

/** Milliseconds since 1970 by the database's clock: of this moment, not of the beginning of a transaction. */
export async function readDatabaseTime(db: Db): Promise<number> {
  const row = await queryOne<{ ms: number }>(
    db,
    sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
  );
  if (!row) throw new Error('the database did not tell its time');
  return row.ms;
}
