import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { seesEverything } from '@patchgate/domain';
import { containsPattern } from '../../platform/database/like.js';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHost } from '../../platform/http/scope.js';

export interface AuditRow {
  seq: string;
  at: Date;
  actor_id: string | null;
  actor_name: string;
  source_address: string | null;
  action: string;
  object_type: string;
  object_id: string | null;
  outcome: 'success' | 'denied' | 'failed';
  details: Record<string, unknown>;
}

export interface AuditFilter {
  q?: string | undefined;
  actor_id?: string | undefined;
  action?: string | undefined;
  object_type?: string | undefined;
  object_id?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const columns = sql`a.seq, a.at, a.actor_id, a.actor_name, a.source_address, a.action, a.object_type, a.object_id,
  a.outcome, a.details`;

// Others than administrators see what they did themselves and what was done to hosts they reach now.
const visibleTo = (viewer: Principal): Sql =>
  seesEverything(viewer.role)
    ? sql`true`
    : sql`(a.actor_id = ${viewer.userId} OR (a.object_type = 'host' AND ${reachesHost(viewer, sql`a.object_id`)})
        OR (a.object_type IN ('health_check', 'maintenance_window', 'patch_run')
          AND ${reachesHost(viewer, sql`(a.details ->> 'host_id')::uuid`)}))`;

function conditions(viewer: Principal, filter: AuditFilter): Sql {
  const all = [visibleTo(viewer)];
  if (filter.q) {
    const pattern = containsPattern(filter.q);
    all.push(
      sql`(a.actor_name ILIKE ${pattern} OR a.action ILIKE ${pattern} OR a.details::text ILIKE ${pattern})`,
    );
  }
  if (filter.actor_id) all.push(sql`a.actor_id = ${filter.actor_id}`);
  if (filter.action) all.push(sql`a.action = ${filter.action}`);
  if (filter.object_type) all.push(sql`a.object_type = ${filter.object_type}`);
  if (filter.object_id) all.push(sql`a.object_id = ${filter.object_id}`);
  if (filter.from) all.push(sql`a.at >= ${filter.from}`);
  if (filter.to) all.push(sql`a.at < ${filter.to}`);
  return join(all, ' AND ');
}

export function listAudit(
  db: Db,
  viewer: Principal,
  page: { filter: AuditFilter; before: number | null; limit: number },
): Promise<AuditRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM audit_log a WHERE ${conditions(viewer, page.filter)}
      AND (${page.before}::bigint IS NULL OR a.seq < ${page.before}) ORDER BY a.seq DESC LIMIT ${page.limit}`,
  );
}

export async function countAudit(db: Db, viewer: Principal, filter: AuditFilter): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM audit_log a WHERE ${conditions(viewer, filter)}`,
  );
  return row?.count ?? 0;
}

export interface ChainState {
  rows: number;
  first_invalid_seq: number | null;
}

/** Recomputes every hash and link, and holds the last one against the head, so that a cut-off end is seen too. */
export async function verifyChain(db: Db): Promise<ChainState> {
  const row = await queryOne<ChainState>(
    db,
    sql`WITH linked AS (
        SELECT a.seq, a.hash, a.hash = audit_row_hash(a)
          AND a.prev_hash = lag(a.hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY a.seq)
          AND a.seq = lag(a.seq, 1, 0::bigint) OVER (ORDER BY a.seq) + 1 AS holds
        FROM audit_log a)
      SELECT count(*)::int AS rows, COALESCE(
        min(seq) FILTER (WHERE NOT holds),
        (SELECT head.seq FROM audit_head head WHERE head.seq > 0 AND NOT EXISTS (
          SELECT FROM audit_log last WHERE last.seq = head.seq AND last.hash = head.hash))
      )::int AS first_invalid_seq FROM linked`,
  );
  if (!row) throw new Error('an aggregate without a row');
  return row;
}
