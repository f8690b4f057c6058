import type { Role } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { isWorthNoting } from './last-used.js';

export interface SessionRow {
  id: string;
  user_id: string;
  source_address: string;
  user_agent: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

export interface SessionOwner extends SessionRow {
  username: string;
  display_name: string;
  role: Role;
}

const columns = sql`s.id, s.user_id, s.source_address, s.user_agent, s.created_at, s.last_used_at, s.expires_at`;

export const idleMs = 30 * 60 * 1000;
export const absoluteMs = 12 * 60 * 60 * 1000;
const idleSince = (now: Date): Date => new Date(now.getTime() - idleMs);

/** A session that is not ended, idle for too long, too old, or of a disabled person. */
const isLive = (now: Date) =>
  sql`s.revoked_at IS NULL AND s.expires_at > ${now} AND s.last_used_at > ${idleSince(now)}`;

export async function insertSession(db: Db, session: SessionRow, tokenHash: Buffer): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO sessions (id, user_id, token_hash, source_address, user_agent, created_at, last_used_at, expires_at)
      VALUES (${session.id}, ${session.user_id}, ${tokenHash}, ${session.source_address}, ${session.user_agent},
        ${session.created_at}, ${session.last_used_at}, ${session.expires_at})`,
  );
}

export function findSessionByToken(db: Db, tokenHash: Buffer, now: Date): Promise<SessionOwner | undefined> {
  return queryOne(
    db,
    sql`SELECT ${columns}, u.username, u.display_name, u.role FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.token_hash = ${tokenHash} AND u.disabled_at IS NULL AND ${isLive(now)}`,
  );
}

/** Those of these sessions that still let their people in, with the roles these have now. */
export function listLiveOwners(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; role: Role }[]> {
  return query(
    db,
    sql`SELECT s.id, u.role FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.id = ANY(${ids}::uuid[]) AND u.disabled_at IS NULL AND ${isLive(now)}`,
  );
}

export function findLiveSession(db: Db, id: string, now: Date): Promise<SessionRow | undefined> {
  return queryOne(db, sql`SELECT ${columns} FROM sessions s WHERE s.id = ${id} AND ${isLive(now)}`);
}

export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`UPDATE sessions SET last_used_at = ${now} WHERE id = ${id} AND ${isWorthNoting(sql`last_used_at`, now)}`,
  );
}

export function listLiveSessions(db: Db, userId: string, now: Date): Promise<SessionRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM sessions s WHERE s.user_id = ${userId} AND ${isLive(now)} ORDER BY s.created_at DESC`,
  );
}

/** @returns whether there was such a live session of this person */
export async function revokeSession(db: Db, userId: string, id: string, now: Date): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE sessions s SET revoked_at = ${now} WHERE s.id = ${id} AND s.user_id = ${userId} AND ${isLive(now)}`,
  );
  return affected > 0;
}

export async function revokeAllSessions(db: Db, userId: string, now: Date): Promise<number> {
  const { affected } = await execute(
    db,
    sql`UPDATE sessions SET revoked_at = ${now} WHERE user_id = ${userId} AND revoked_at IS NULL`,
  );
  return affected;
}
