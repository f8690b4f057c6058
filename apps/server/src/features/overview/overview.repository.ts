import type { OverviewView } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import { queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup, reachesHost } from '../../platform/http/scope.js';

type Counts = Omit<OverviewView, 'at'>;

/** All numbers from one pass over the hosts the viewer reaches, so that they add up. */
export async function countFleet(db: Db, viewer: Principal, now: Date): Promise<Counts> {
  const row = await queryOne<Counts>(
    db,
    sql`WITH seen AS (
        SELECT h.agent_status, h.patches_security,
          CASE WHEN hh.health_check_status IN ('healthy', 'unhealthy')
            AND (hh.fresh_until IS NULL OR hh.fresh_until < ${now}) THEN 'unknown' ELSE hh.health_check_status END AS health
        FROM hosts h JOIN host_health hh ON hh.host_id = h.id WHERE ${reachesHost(viewer, sql`h.id`)}
      )
      SELECT jsonb_build_object('total', count(*),
          'healthy', count(*) FILTER (WHERE health = 'healthy'), 'unhealthy', count(*) FILTER (WHERE health = 'unhealthy'),
          'unknown', count(*) FILTER (WHERE health = 'unknown'), 'none', count(*) FILTER (WHERE health = 'none')) AS hosts,
        jsonb_build_object('not_enrolled', count(*) FILTER (WHERE agent_status = 'not_enrolled'),
          'connected', count(*) FILTER (WHERE agent_status = 'connected'),
          'unreachable', count(*) FILTER (WHERE agent_status = 'unreachable'),
          'refused', count(*) FILTER (WHERE agent_status = 'refused')) AS agents,
        jsonb_build_object('hosts', count(*) FILTER (WHERE patches_security > 0),
          'patches', COALESCE(sum(patches_security), 0)) AS security_patches,
        (SELECT count(*)::int FROM groups g WHERE ${reachesGroup(viewer, sql`g.id`)}) AS groups
      FROM seen`,
  );
  if (!row) throw new Error('an aggregate without a row');
  return row;
}
