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

/**
 * Whoever seals holds this until its transaction ends, and then knows that the active key stays so meanwhile.
 *
 * @returns the id of the active key
 */
export async function holdActiveKey(db: Db): Promise<string> {
  await execute(db, sql`SELECT pg_advisory_xact_lock_shared(hashtext('patchgate secret keys'))`);
  const row = await queryOne<{ id: string }>(db, sql`SELECT id FROM secret_keys WHERE state = 'active'`);
  if (!row) throw new Error('the database knows no active key');
  return row.id;
}

/** The keys the database was sealed with, the active one first. */
export async function findKnownKeys(db: Db): Promise<KnownKey[]> {
  return await query<KnownKey>(
    db,
    sql`SELECT id, check_value AS "checkValue", state FROM secret_keys WHERE state <> 'retired'
      ORDER BY state = 'active' DESC, id`,
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

/** Those that were ever used, whatever became of them. */
export async function findEverUsedKeyIds(db: Db): Promise<Set<string>> {
  const rows = await query<{ id: string }>(db, sql`SELECT id FROM secret_keys`);
  return new Set(rows.map(({ id }) => id));
}

/** From now on another key seals; what this one has sealed is still to be opened. */
export async function retireActiveKey(db: Db): Promise<void> {
  await execute(db, sql`UPDATE secret_keys SET state = 'retiring' WHERE state = 'active'`);
}

/** @returns how many were still to be finished with */
export async function markRetired(db: Db, ids: readonly string[]): Promise<number> {
  const statement = sql`UPDATE secret_keys SET state = 'retired' WHERE id = ANY (${ids}) AND state <> 'retired'`;
  return (await execute(db, statement)).affected;
}
