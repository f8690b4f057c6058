import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface PatchRow {
  name: string;
  current_version: string | null;
  available_version: string | null;
  severity: string | null;
  security: boolean | null;
  requires_reboot: boolean | null;
  rank: number;
}

export interface PatchFilter {
  q?: string | undefined;
  only?: 'security' | 'reboot' | undefined;
}

// What is about security, then what may be, then the rest.
const rank = sql`CASE WHEN security THEN 0 WHEN security IS NULL THEN 1 ELSE 2 END`;

function conditions(hostId: string, { q, only }: PatchFilter): Sql {
  const all = [sql`host_id = ${hostId}`];
  if (q) all.push(sql`lower(name) LIKE ${containsPattern(q.toLowerCase())}`);
  switch (only) {
    case 'security':
      all.push(sql`security`);
      break;
    case 'reboot':
      all.push(sql`requires_reboot`);
      break;
    case undefined:
  }
  return join(all, ' AND ');
}

interface PatchPage {
  readonly hostId: string;
  readonly filter: PatchFilter;
  readonly after: readonly [number, string] | null;
  readonly limit: number;
}

export function listPatches(db: Db, { hostId, filter, after, limit }: PatchPage): Promise<PatchRow[]> {
  const isAfter = after ? sql`(${rank}, name) > (${after[0]}::int, ${after[1]})` : sql`true`;
  return query(
    db,
    sql`SELECT name, current_version, available_version, severity, security, requires_reboot, ${rank} AS rank
      FROM host_patches WHERE ${conditions(hostId, filter)} AND ${isAfter} ORDER BY rank, name LIMIT ${limit}`,
  );
}

export async function countPatches(db: Db, hostId: string, filter: PatchFilter): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM host_patches WHERE ${conditions(hostId, filter)}`,
  );
  return row?.count ?? 0;
}
