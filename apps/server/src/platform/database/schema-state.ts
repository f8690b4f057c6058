import { allMigrations } from '@patchgate/migrations';
import sql from 'sql-template-tag';
import { queryOne } from './query.js';
import type { Db } from './query.js';

/** Whether every migration this build knows has run; a process serves nothing on an older schema. */
export async function isSchemaCurrent(db: Db): Promise<boolean> {
  const known = allMigrations.map((migration) => migration.name);
  const table = await queryOne<{ exists: boolean }>(
    db,
    sql`SELECT to_regclass('migrations') IS NOT NULL AS exists`,
  );
  if (!table?.exists) return false;
  const ran = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM migrations WHERE name = ANY(${known})`,
  );
  return ran?.count === known.length;
}
