import type { JobRequest } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { MeantPatches } from './ordered-host.row.js';

export type Selection = Pick<JobRequest, 'selection' | 'packages' | 'exclude'>;

function isMeant({ selection, packages = [], exclude }: Selection): Sql {
  const isKept = sql`p.name <> ALL (${exclude}::text[])`;
  switch (selection) {
    case 'all':
      return isKept;
    case 'security':
      return sql`p.security AND ${isKept}`;
    case 'named':
      return sql`p.name = ANY (${packages}::text[]) AND ${isKept}`;
  }
}

/**
 * Of the pending patches of hosts those that an order means. Null where they are not known: nobody has listed them, or
 * the agent does not tell which of them are about security.
 */
export function countMeant(
  db: Db,
  hostIds: readonly string[],
  selection: Selection,
): Promise<MeantPatches[]> {
  const isUntold = selection.selection === 'security' ? sql`bool_or(p.security IS NULL)` : sql`false`;
  return query(
    db,
    sql`WITH counted AS (
        SELECT p.host_id, count(*) FILTER (WHERE ${isMeant(selection)})::int AS patches,
          bool_or(p.requires_reboot) FILTER (WHERE ${isMeant(selection)}) AS requires_reboot, ${isUntold} AS is_untold
        FROM host_patches p WHERE p.host_id = ANY (${hostIds}::uuid[]) GROUP BY p.host_id
      )
      SELECT a.host_id, CASE WHEN c.is_untold THEN NULL ELSE COALESCE(c.patches, 0) END AS patches,
        CASE WHEN COALESCE(c.patches, 0) = 0 AND NOT COALESCE(c.is_untold, false) THEN false
          ELSE c.requires_reboot END AS requires_reboot
      FROM host_agents a LEFT JOIN counted c USING (host_id)
      WHERE a.host_id = ANY (${hostIds}::uuid[]) AND a.inventory_at IS NOT NULL`,
  );
}

/** How many different packages an order means on all of these hosts together. */
export async function countKinds(db: Db, hostIds: readonly string[], selection: Selection): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(DISTINCT p.name)::int AS count FROM host_patches p
      WHERE p.host_id = ANY (${hostIds}::uuid[]) AND ${isMeant(selection)}`,
  );
  return row?.count ?? 0;
}
