import type { Role } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { isWorthNoting } from './last-used.js';

export interface ApiTokenRow {
  id: string;
  user_id: string;
  name: string;
  prefix: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date;
}

export interface ApiTokenOwner extends ApiTokenRow {
  username: string;
  display_name: string;
  role: Role;
}

const columns = sql`t.id, t.user_id, t.name, t.prefix, t.created_at, t.last_used_at, t.expires_at`;
const isLive = (now: Date) => sql`t.revoked_at IS NULL AND t.expires_at > ${now}`;

export async function insertApiToken(db: Db, token: ApiTokenRow, tokenHash: Buffer): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO api_tokens (id, user_id, name, prefix, token_hash, created_at, expires_at)
      VALUES (${token.id}, ${token.user_id}, ${token.name}, ${token.prefix}, ${tokenHash}, ${token.created_at},
        ${token.expires_at})`,
  );
}

/** With the owner's rights of now (SEC-X1), not those of when the token was made. */
export function findApiTokenByToken(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<ApiTokenOwner | undefined> {
  return queryOne(
    db,
    sql`SELECT ${columns}, u.username, u.display_name, u.role FROM api_tokens t JOIN users u ON u.id = t.user_id
      WHERE t.token_hash = ${tokenHash} AND u.disabled_at IS NULL AND ${isLive(now)}`,
  );
}

export function listLiveTokenOwners(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; role: Role }[]> {
  return query(
    db,
    sql`SELECT t.id, u.role FROM api_tokens t JOIN users u ON u.id = t.user_id
      WHERE t.id = ANY(${ids}::uuid[]) AND u.disabled_at IS NULL AND ${isLive(now)}`,
  );
}

export async function touchApiToken(db: Db, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`UPDATE api_tokens SET last_used_at = ${now} WHERE id = ${id} AND ${isWorthNoting(sql`last_used_at`, now)}`,
  );
}

export function listApiTokens(db: Db, userId: string, now: Date): Promise<ApiTokenRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM api_tokens t WHERE t.user_id = ${userId} AND ${isLive(now)} ORDER BY t.created_at DESC`,
  );
}

export async function revokeApiToken(db: Db, userId: string, id: string, now: Date): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE api_tokens t SET revoked_at = ${now} WHERE t.id = ${id} AND t.user_id = ${userId} AND ${isLive(now)}`,
  );
  return affected > 0;
}
