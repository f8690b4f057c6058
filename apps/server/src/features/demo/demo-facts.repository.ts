import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** What an agent told before the present; the same agent says the same as soon as it is asked. */
interface KnownFacts {
  readonly host_id: string;
  readonly os: string;
  readonly os_version: string;
  readonly kernel: string;
  readonly agent_status: 'connected' | 'unreachable';
  readonly patches_total: number;
  readonly patches_security: number;
  /** In seconds before the present. */
  readonly seen_ago: number;
}

export async function knowFacts(db: Db, facts: readonly KnownFacts[]): Promise<void> {
  const given = JSON.stringify(facts);
  await execute(
    db,
    sql`UPDATE hosts h SET os = f.os, os_version = f.os_version, kernel = f.kernel, architecture = 'x86_64',
        agent_version = '0.1.0', capabilities = '{idempotent-runs,renew-certificate}', agent_status = f.agent_status,
        patches_total = f.patches_total, patches_security = f.patches_security
      FROM jsonb_to_recordset(${given}::jsonb) AS f (host_id uuid, os text, os_version text, kernel text, agent_status text,
        patches_total int, patches_security int) WHERE h.id = f.host_id`,
  );
  await execute(
    db,
    sql`UPDATE host_agents a SET last_seen_at = now() - f.seen_ago * interval '1 second'
      FROM jsonb_to_recordset(${given}::jsonb) AS f (host_id uuid, seen_ago int) WHERE a.host_id = f.host_id`,
  );
}

/** The order in which the hosts of a job have their turn. */
export const runsOf = (db: Db, jobId: string): Promise<{ id: string; host_id: string }[]> =>
  query(db, sql`SELECT id, host_id FROM patch_job_hosts WHERE job_id = ${jobId} ORDER BY position`);

/** Since when each host is what it is: the earliest of what is wrong with it. */
export async function datePresent(db: Db): Promise<void> {
  await execute(
    db,
    sql`UPDATE host_health hh SET next_poll_at = now(), since = s.since FROM (
        SELECT c.host_id, COALESCE(min(s.since) FILTER (WHERE s.status = 'unhealthy'), max(s.since)) AS since
        FROM host_health_checks c JOIN health_check_state s ON s.check_id = c.id GROUP BY c.host_id) s
      WHERE hh.host_id = s.host_id`,
  );
}

export async function makeRoom(db: Db, from: Date, to: Date): Promise<void> {
  await execute(db, sql`SELECT add_result_partitions(${from}, ${to})`);
}
