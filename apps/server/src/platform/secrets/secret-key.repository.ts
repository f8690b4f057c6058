import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../database/query.js';
import type { Db } from '../database/query.js';

export interface KnownKey {
  readonly id: string;
  readonly checkValue: Buffer;
  readonly state: 'active' | 'retiring';
}

/** One start at a time, over all machines, until the transaction ends. */
export async function lockSecretKeys(db: Db): Promise<void> {
  await execute(db, sql`SELECT pg_advisory_xact_lock(hashtext('patchgate secret keys'))`);
}

/** The keys the database was sealed with, the active one first. */
export async function findKnownKeys(db: Db): Promise<KnownKey[]> {
  return await query<KnownKey>(
    db,
    sql`SELECT id, check_value AS "checkValue", state FROM secret_keys ORDER BY state = 'active' DESC, id`,
  );
}

export async function insertActiveKey(db: Db, id: string, checkValue: Buffer, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO secret_keys (id, check_value, state, created_at) VALUES (${id}, ${checkValue}, 'active', ${now})`,
  );
}

export async function readInstallId(db: Db): Promise<string> {
  const row = await queryOne<{ id: string }>(
    db,
    sql`SELECT value #>> '{}' AS id FROM settings WHERE key = 'install_id'`,
  );
  if (!row) throw new Error('the database has no install_id');
  return row.id;
}
