import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { ruleColumns } from './window.row.js';
import type { RuleRow } from './window.row.js';

interface HostRulesRow extends RuleRow {
  host_ids: string[];
}

/**
 * The enabled windows of hosts, their own and their groups', in the order of their ids. One row a window with the hosts it
 * is about: ten thousand hosts of one group are one row. One statement, so that no window is seen before a change of
 * groups and another after it.
 */
export function findRulesOfHosts(db: Db, hostIds: readonly string[]): Promise<HostRulesRow[]> {
  return query(
    db,
    sql`WITH counting AS (
        SELECT w.id, w.host_id FROM maintenance_windows w WHERE w.enabled AND w.host_id = ANY (${hostIds}::uuid[])
        UNION ALL
        SELECT w.id, gh.host_id FROM group_hosts gh JOIN maintenance_windows w ON w.group_id = gh.group_id
        WHERE w.enabled AND gh.host_id = ANY (${hostIds}::uuid[])
      ), gathered AS (SELECT id, array_agg(host_id::text) AS host_ids FROM counting GROUP BY id)
      SELECT ${ruleColumns}, gathered.host_ids FROM gathered JOIN maintenance_windows w USING (id) ORDER BY w.id`,
  );
}
