import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface NewEnrollmentToken {
  id: string;
  group_id: string | null;
  /** Null for the console. */
  created_by: string | null;
  created_at: Date;
  expires_at: Date;
}

export interface EnrollmentTokenRow {
  id: string;
  created_by: string | null;
  group: { id: string; name: string } | null;
  created_at: Date;
  expires_at: Date;
}

/** Who vouches by a token, at the moment it is used. */
export interface Voucher {
  id: string;
  group_id: string | null;
  vouched_by: string;
}

const group = sql`CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id, 'name', g.name) END AS "group"`;
const isOpen = (now: Date): Sql => sql`t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > ${now}`;

export async function insertToken(db: Db, token: NewEnrollmentToken, tokenHash: Buffer): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO enrollment_tokens (id, token_hash, group_id, created_by, created_at, expires_at)
      VALUES (${token.id}, ${tokenHash}, ${token.group_id}, ${token.created_by}, ${token.created_at},
        ${token.expires_at})`,
  );
}

/**
 * Uses a token up. Of any number of transactions at once one gets the row: the others wait for it and find it used. A
 * token is worth what its maker is now: nothing once he is no administrator any more.
 */
export function claimToken(db: Db, tokenHash: Buffer, now: Date): Promise<Voucher | undefined> {
  return queryOne(
    db,
    sql`UPDATE enrollment_tokens t SET used_at = ${now} WHERE t.token_hash = ${tokenHash} AND ${isOpen(now)}
        AND (t.created_by IS NULL
          OR EXISTS (SELECT FROM users u WHERE u.id = t.created_by AND u.role = 'admin' AND u.disabled_at IS NULL))
      RETURNING t.id, t.group_id,
        COALESCE((SELECT u.username FROM users u WHERE u.id = t.created_by), 'console') AS vouched_by`,
  );
}

export function listTokens(
  db: Db,
  now: Date,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<EnrollmentTokenRow[]> {
  const [createdAt, id] = after ?? [null, null];
  return query(
    db,
    sql`SELECT t.id, u.username AS created_by, ${group}, t.created_at, t.expires_at FROM enrollment_tokens t
      LEFT JOIN users u ON u.id = t.created_by LEFT JOIN groups g ON g.id = t.group_id
      WHERE ${isOpen(now)} AND (${createdAt}::timestamptz IS NULL OR (t.created_at, t.id) < (${createdAt}, ${id}::uuid))
      ORDER BY t.created_at DESC, t.id DESC LIMIT ${limit}`,
  );
}

export async function countTokens(db: Db, now: Date): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM enrollment_tokens t WHERE ${isOpen(now)}`,
  );
  return row?.count ?? 0;
}

export function findToken(db: Db, id: string, now: Date): Promise<EnrollmentTokenRow | undefined> {
  return queryOne(
    db,
    sql`SELECT t.id, u.username AS created_by, ${group}, t.created_at, t.expires_at FROM enrollment_tokens t
      LEFT JOIN users u ON u.id = t.created_by LEFT JOIN groups g ON g.id = t.group_id
      WHERE t.id = ${id} AND ${isOpen(now)}`,
  );
}

export async function revokeToken(db: Db, id: string, now: Date): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE enrollment_tokens t SET revoked_at = ${now} WHERE t.id = ${id} AND ${isOpen(now)}`,
  );
  return affected > 0;
}

export async function findGroupId(db: Db, name: string): Promise<string | undefined> {
  const row = await queryOne<{ id: string }>(
    db,
    sql`SELECT id FROM groups WHERE lower(name) = lower(${name})`,
  );
  return row?.id;
}
