import type { Role } from '@patchgate/domain';
import sql, { empty } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup } from '../../platform/http/scope.js';

export interface GroupRow {
  id: string;
  name: string;
  description: string;
  hosts: number;
  users: number;
  created_at: Date;
}

export interface MemberRow {
  id: string;
  username: string;
  display_name: string;
  role: Role;
}

const columns = sql`g.id, g.name, g.description, g.created_at,
  (SELECT count(*)::int FROM group_hosts gh WHERE gh.group_id = g.id) AS hosts,
  (SELECT count(*)::int FROM group_users gu WHERE gu.group_id = g.id) AS users`;

const matches = (q: string | undefined) =>
  q ? sql`AND (g.name ILIKE ${containsPattern(q)} OR g.description ILIKE ${containsPattern(q)})` : empty;

export interface GroupPage {
  q?: string | undefined;
  after: string | null;
  limit: number;
}

export function listGroups(db: Db, viewer: Principal, { q, after, limit }: GroupPage): Promise<GroupRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM groups g WHERE ${reachesGroup(viewer, sql`g.id`)}
      AND (${after}::text IS NULL OR lower(g.name) > ${after}) ${matches(q)} ORDER BY lower(g.name) LIMIT ${limit}`,
  );
}

export async function countGroups(db: Db, viewer: Principal, q?: string): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM groups g WHERE ${reachesGroup(viewer, sql`g.id`)} ${matches(q)}`,
  );
  return row?.count ?? 0;
}

export function findGroup(db: Db, viewer: Principal, id: string): Promise<GroupRow | undefined> {
  return queryOne(
    db,
    sql`SELECT ${columns} FROM groups g WHERE g.id = ${id} AND ${reachesGroup(viewer, sql`g.id`)}`,
  );
}

/** Those of these ids that are groups; locks them against deletion until the transaction ends. */
export function lockGroups(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return query(db, sql`SELECT id, name FROM groups WHERE id = ANY(${ids}) ORDER BY id FOR KEY SHARE`);
}

export function listMembers(db: Db, groupId: string): Promise<MemberRow[]> {
  return query(
    db,
    sql`SELECT u.id, u.username, u.display_name, u.role FROM group_users gu JOIN users u ON u.id = gu.user_id
      WHERE gu.group_id = ${groupId} ORDER BY u.username`,
  );
}

export async function idsOfUsers(db: Db, groupIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT DISTINCT user_id AS id FROM group_users WHERE group_id = ANY(${groupIds}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}

export async function idsOfHosts(db: Db, groupId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT host_id AS id FROM group_hosts WHERE group_id = ${groupId}`,
  );
  return rows.map(({ id }) => id);
}

/** The people who share a group with a host. */
export async function idsOfUsersReaching(db: Db, hostId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT DISTINCT gu.user_id AS id FROM group_hosts gh JOIN group_users gu ON gu.group_id = gh.group_id
      WHERE gh.host_id = ${hostId}`,
  );
  return rows.map(({ id }) => id);
}

export async function insertGroup(
  db: Db,
  group: { id: string; name: string; description: string },
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO groups (id, name, description, created_at, updated_at)
      VALUES (${group.id}, ${group.name}, ${group.description}, ${now}, ${now})`,
  );
}

export interface GroupChange {
  name?: string | undefined;
  description?: string | undefined;
}

export async function updateGroup(
  db: Db,
  id: string,
  { name, description }: GroupChange,
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`UPDATE groups SET name = COALESCE(${name ?? null}, name),
      description = COALESCE(${description ?? null}, description), updated_at = ${now} WHERE id = ${id}`,
  );
}

export async function deleteGroup(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM groups WHERE id = ${id}`);
}

/** @returns how many were not in the group before */
export async function addUsers(db: Db, groupId: string, userIds: readonly string[]): Promise<number> {
  const { affected } = await execute(
    db,
    sql`INSERT INTO group_users (group_id, user_id) SELECT ${groupId}, unnest(${userIds}::uuid[]) ON CONFLICT DO NOTHING`,
  );
  return affected;
}

export async function removeUser(db: Db, groupId: string, userId: string): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`DELETE FROM group_users WHERE group_id = ${groupId} AND user_id = ${userId}`,
  );
  return affected > 0;
}

/** @returns how many were not in the group before */
export async function addHosts(db: Db, groupId: string, hostIds: readonly string[]): Promise<number> {
  const { affected } = await execute(
    db,
    sql`INSERT INTO group_hosts (group_id, host_id) SELECT ${groupId}, unnest(${hostIds}::uuid[]) ON CONFLICT DO NOTHING`,
  );
  return affected;
}

export async function removeHost(db: Db, groupId: string, hostId: string): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`DELETE FROM group_hosts WHERE group_id = ${groupId} AND host_id = ${hostId}`,
  );
  return affected > 0;
}
