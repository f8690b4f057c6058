import type { WindowKind } from '@patchgate/domain';
import sql, { empty, join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup, reachesHost } from '../../platform/http/scope.js';
import { ruleColumns } from './window.row.js';
import type { RuleRow, WindowRow } from './window.row.js';

const columns = sql`${ruleColumns}, w.name, w.host_id, w.group_id, COALESCE(h.fqdn, g.name) AS scope_name,
  CASE WHEN w.host_id IS NOT NULL THEN 1
    ELSE (SELECT count(*)::int FROM group_hosts gh WHERE gh.group_id = w.group_id) END AS hosts,
  w.created_at, w.updated_at`;
const from = sql`maintenance_windows w LEFT JOIN hosts h ON h.id = w.host_id LEFT JOIN groups g ON g.id = w.group_id`;

/** Whoever reaches what a window is about reads it. */
const reachesWindow = (viewer: Principal): Sql =>
  sql`CASE WHEN w.host_id IS NOT NULL THEN ${reachesHost(viewer, sql`w.host_id`)}
    ELSE ${reachesGroup(viewer, sql`w.group_id`)} END`;

export interface WindowFilter {
  q?: string | undefined;
  host?: string | undefined;
  group?: string | undefined;
  kind?: WindowKind | undefined;
}

function conditions(viewer: Principal, { q, host, group, kind }: WindowFilter): Sql {
  const all = [reachesWindow(viewer)];
  if (q) {
    const pattern = containsPattern(q);
    all.push(sql`(w.name ILIKE ${pattern} OR h.fqdn ILIKE ${pattern} OR g.name ILIKE ${pattern})`);
  }
  if (host) all.push(sql`w.host_id = ${host}`);
  if (group) all.push(sql`w.group_id = ${group}`);
  if (kind) all.push(sql`w.kind = ${kind}`);
  return join(all, ' AND ');
}

export interface WindowPage {
  filter: WindowFilter;
  after: readonly [name: string, id: string] | null;
  limit: number;
}

export function listWindows(db: Db, viewer: Principal, page: WindowPage): Promise<WindowRow[]> {
  const after = page.after
    ? sql`AND (lower(w.name), w.id) > (${page.after[0]}, ${page.after[1]}::uuid)`
    : empty;
  return query(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE ${conditions(viewer, page.filter)} ${after}
      ORDER BY lower(w.name), w.id LIMIT ${page.limit}`,
  );
}

export async function countWindows(db: Db, viewer: Principal, filter: WindowFilter): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM ${from} WHERE ${conditions(viewer, filter)}`,
  );
  return row?.count ?? 0;
}

const selectWindow = (viewer: Principal, id: string, lock: Sql) =>
  sql`SELECT ${columns} FROM ${from} WHERE w.id = ${id} AND ${reachesWindow(viewer)} ${lock}`;

export const findWindow = (db: Db, viewer: Principal, id: string): Promise<WindowRow | undefined> =>
  queryOne(db, selectWindow(viewer, id, empty));

export const lockWindow = (db: Db, viewer: Principal, id: string): Promise<WindowRow | undefined> =>
  queryOne(db, selectWindow(viewer, id, sql`FOR UPDATE OF w`));

/** All windows that count for a host, each with whether the viewer may read it. */
export function listWindowsOfHost(
  db: Db,
  viewer: Principal,
  hostId: string,
): Promise<(WindowRow & { is_visible: boolean })[]> {
  return query(
    db,
    sql`SELECT ${columns}, ${reachesWindow(viewer)} AS is_visible FROM ${from}
      WHERE w.host_id = ${hostId} OR w.group_id IN (SELECT group_id FROM group_hosts WHERE host_id = ${hostId})
      ORDER BY lower(w.name), w.id`,
  );
}

export async function isHostInReach(db: Db, viewer: Principal, hostId: string): Promise<boolean> {
  const row = await queryOne(
    db,
    sql`SELECT FROM hosts h WHERE h.id = ${hostId} AND ${reachesHost(viewer, sql`h.id`)}`,
  );
  return row !== undefined;
}

export interface StoredWindow extends RuleRow {
  name: string;
  host_id: string | null;
  group_id: string | null;
}

export async function insertWindow(db: Db, window: StoredWindow, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO maintenance_windows (id, host_id, group_id, name, kind, time_zone, starts_at, duration_minutes,
        recurrence, last_start_minutes, enabled, created_at, updated_at)
      VALUES (${window.id}, ${window.host_id}, ${window.group_id}, ${window.name}, ${window.kind}, ${window.time_zone},
        ${window.starts_at}::timestamp, ${window.duration_minutes}, ${JSON.stringify(window.recurrence)}::jsonb,
        ${window.last_start_minutes}, ${window.enabled}, ${now}, ${now})`,
  );
}

export async function updateWindow(db: Db, window: StoredWindow, now: Date): Promise<void> {
  await execute(
    db,
    sql`UPDATE maintenance_windows SET name = ${window.name},
        kind = ${window.kind}, time_zone = ${window.time_zone}, starts_at = ${window.starts_at}::timestamp,
        duration_minutes = ${window.duration_minutes}, recurrence = ${JSON.stringify(window.recurrence)}::jsonb,
        last_start_minutes = ${window.last_start_minutes}, enabled = ${window.enabled}, updated_at = ${now}
      WHERE id = ${window.id}`,
  );
}

export async function deleteWindow(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM maintenance_windows WHERE id = ${id}`);
}

/** What may be open now: the rules of the windows in reach. */
export const enabledWindows = (db: Db, viewer: Principal): Promise<(RuleRow & WindowScope)[]> =>
  query(
    db,
    sql`SELECT ${ruleColumns}, w.host_id, w.group_id FROM maintenance_windows w
      WHERE w.enabled AND w.kind = 'maintenance' AND ${reachesWindow(viewer)}`,
  );

/** Whose window it is: a host's or a group's. */
export type WindowScope = Pick<StoredWindow, 'host_id' | 'group_id'>;

/** The hosts that a window is about, in the order of their ids, as whoever locks their runs takes them. */
export async function hostsOfWindow(db: Db, { host_id, group_id }: WindowScope): Promise<string[]> {
  if (host_id !== null) return [host_id];
  const rows = await query<{ id: string }>(
    db,
    sql`SELECT host_id AS id FROM group_hosts WHERE group_id = ${group_id} ORDER BY host_id`,
  );
  return rows.map(({ id }) => id);
}
