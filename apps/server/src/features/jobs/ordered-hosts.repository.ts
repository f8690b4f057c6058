import sql from 'sql-template-tag';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup, reachesHostOfMany } from '../../platform/http/scope.js';
import type { OrderedHost } from './ordered-host.row.js';

export interface Scope {
  readonly hostIds: readonly string[];
  readonly groupIds: readonly string[];
  /** They stay out, whoever named them. */
  readonly leftOutIds?: readonly string[];
}

/** Whether the viewer sees every one of these hosts and groups (SEC-A3). The ids must be different ones. */
export async function seesAll(db: Db, viewer: Principal, { hostIds, groupIds }: Scope): Promise<boolean> {
  const row = await queryOne<{ hosts: number; groups: number }>(
    db,
    sql`SELECT (SELECT count(*)::int FROM hosts h WHERE h.id = ANY (${hostIds}::uuid[])
        AND ${reachesHostOfMany(viewer, sql`h.id`)}) AS hosts,
      (SELECT count(*)::int FROM groups g WHERE g.id = ANY (${groupIds}::uuid[])
        AND ${reachesGroup(viewer, sql`g.id`)}) AS groups`,
  );
  return row?.hosts === hostIds.length && row.groups === groupIds.length;
}

/** The hosts named and those of the groups, each once. A status that is no longer fresh is unknown. */
export function findOrderedHosts(
  db: Db,
  viewer: Principal,
  { hostIds, groupIds, leftOutIds = [] }: Scope,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<OrderedHost[]> {
  return query(
    db,
    sql`WITH meant AS (
        SELECT unnest(${hostIds}::uuid[]) AS id
        UNION SELECT gh.host_id FROM group_hosts gh WHERE gh.group_id = ANY (${groupIds}::uuid[])
      )
      SELECT h.id, h.fqdn, CASE WHEN hh.health_check_status IN ('healthy', 'unhealthy')
          AND (hh.fresh_until IS NULL OR hh.fresh_until < ${now}) THEN 'unknown' ELSE hh.health_check_status END
          AS health_check_status,
        hh.checks_total, hh.checks_healthy, hh.checks_unhealthy, hh.checks_unknown, h.agent_status,
        f.words AS failing, r.id AS busy_run_id, r.job_id AS busy_job_id, j.number::int AS busy_number, j.name AS busy_name
      FROM meant JOIN hosts h USING (id) JOIN host_health hh ON hh.host_id = h.id
        LEFT JOIN LATERAL (
          SELECT c.name || ': ' || COALESCE(NULLIF(s.last_detail, ''), s.last_reason) AS words
          FROM host_health_checks c JOIN health_check_state s ON s.check_id = c.id
          WHERE c.host_id = h.id AND c.enabled AND s.status = 'unhealthy' AND hh.health_check_status = 'unhealthy'
          ORDER BY c.slot LIMIT 1) f ON true
        LEFT JOIN patch_job_hosts r ON r.host_id = h.id AND (r.status IN ('queued', 'waiting_health_check', 'dispatching',
          'running', 'rebooting', 'verifying') OR (r.status = 'indeterminate' AND r.resolved_at IS NULL))
        LEFT JOIN patch_jobs j ON j.id = r.job_id
      WHERE h.id <> ALL (${leftOutIds}::uuid[]) AND ${reachesHostOfMany(viewer, sql`h.id`)} ORDER BY h.id LIMIT ${limit}`,
  );
}
