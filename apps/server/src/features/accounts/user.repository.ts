import type { Role } from '@patchgate/domain';
import sql, { empty } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { containsPattern } from '../../platform/database/like.js';

export interface UserRow {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  disabled_at: Date | null;
  last_login_at: Date | null;
  created_at: Date;
  groups: { id: string; name: string }[];
}

export interface Credentials {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  password_hash: string;
  disabled_at: Date | null;
}

export interface NewUser {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  passwordHash: string;
}

const columns = sql`u.id, u.username, u.display_name, u.role, u.disabled_at, u.last_login_at, u.created_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) ORDER BY lower(g.name))
    FROM group_users gu JOIN groups g ON g.id = gu.group_id WHERE gu.user_id = u.id), '[]') AS groups`;

const matches = (q: string | undefined) =>
  q ? sql`AND (u.username ILIKE ${containsPattern(q)} OR u.display_name ILIKE ${containsPattern(q)})` : empty;

export interface UserPage {
  q?: string | undefined;
  after: string | null;
  limit: number;
}

export function listUsers(db: Db, { q, after, limit }: UserPage): Promise<UserRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM users u WHERE (${after}::text IS NULL OR u.username > ${after}) ${matches(q)}
      ORDER BY u.username LIMIT ${limit}`,
  );
}

export async function countUsers(db: Db, q?: string): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM users u WHERE true ${matches(q)}`,
  );
  return row?.count ?? 0;
}

export function findUser(db: Db, id: string): Promise<UserRow | undefined> {
  return queryOne(db, sql`SELECT ${columns} FROM users u WHERE u.id = ${id}`);
}

export function findCredentials(
  db: Db,
  by: { username: string } | { id: string },
): Promise<Credentials | undefined> {
  const condition = 'id' in by ? sql`id = ${by.id}` : sql`username = ${by.username}`;
  return queryOne(
    db,
    sql`SELECT id, username, display_name, role, password_hash, disabled_at FROM users WHERE ${condition}`,
  );
}

export async function insertUser(db: Db, user: NewUser, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO users (id, username, display_name, role, password_hash, created_at, updated_at)
      VALUES (${user.id}, ${user.username}, ${user.displayName}, ${user.role}, ${user.passwordHash}, ${now}, ${now})`,
  );
}

export interface UserChange {
  displayName?: string | undefined;
  role?: Role | undefined;
  disabledAt?: Date | null | undefined;
}

export async function updateUser(db: Db, id: string, change: UserChange, now: Date): Promise<void> {
  const disabling =
    change.disabledAt === undefined ? sql`disabled_at` : sql`${change.disabledAt}::timestamptz`;
  await execute(
    db,
    sql`UPDATE users SET display_name = COALESCE(${change.displayName ?? null}, display_name),
      role = COALESCE(${change.role ?? null}, role), disabled_at = ${disabling}, updated_at = ${now} WHERE id = ${id}`,
  );
}

export async function setPasswordHash(db: Db, id: string, passwordHash: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`UPDATE users SET password_hash = ${passwordHash}, updated_at = ${now} WHERE id = ${id}`,
  );
}

export async function recordLogin(db: Db, id: string, now: Date): Promise<void> {
  await execute(db, sql`UPDATE users SET last_login_at = ${now} WHERE id = ${id}`);
}

export async function deleteUser(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM users WHERE id = ${id}`);
}

/**
 * Locks every enabled administrator, in id order, and returns them: two administrators who remove each other at the same
 * moment must not both succeed.
 */
export async function lockAdmins(db: Db): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}
