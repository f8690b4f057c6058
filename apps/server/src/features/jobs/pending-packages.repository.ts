import type { PendingPackagesRequest, PendingPackagesView } from '@patchgate/contracts';
import sql, { empty } from 'sql-template-tag';
import { containsPattern } from '../../platform/database/like.js';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** Packages that are outstanding on any of these hosts: those about security first, then those of most hosts. */
export async function listPendingPackages(
  db: Db,
  hostIds: readonly string[],
  { q, limit }: Pick<PendingPackagesRequest, 'q' | 'limit'>,
): Promise<PendingPackagesView> {
  const isFound = q === undefined ? empty : sql`AND lower(p.name) LIKE ${containsPattern(q.toLowerCase())}`;
  const rows = await query<PendingPackagesView['items'][number] & { total: number }>(
    db,
    // An agent that does not tell is no reason to call a package harmless where another one does.
    sql`SELECT p.name, count(*)::int AS hosts, bool_or(p.security) AS security, count(*) OVER ()::int AS total
      FROM host_patches p WHERE p.host_id = ANY (${hostIds}::uuid[]) ${isFound}
      GROUP BY p.name ORDER BY COALESCE(bool_or(p.security), false) DESC, count(*) DESC, p.name LIMIT ${limit}`,
  );
  return {
    items: rows.map(({ name, hosts, security }) => ({ name, hosts, security })),
    total: rows[0]?.total ?? 0,
  };
}
