import sql from 'sql-template-tag';
import { query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup } from '../../platform/http/scope.js';
import { jobConditions } from './job-filter.js';
import type { JobFilter } from './job-filter.js';
import type { JobRow } from './job-row.js';

// A viewer is told only of those groups he is in himself, as in the list of hosts.
const columns = (viewer: Principal) => sql`j.id, j.number::int AS number, j.name, j.created_by,
  COALESCE(c.display_name, 'deleted user') AS creator_name, j.created_at, j.schedule, j.deadline_at, j.selection,
  j.packages, j.exclude, j.allow_reboot, j.canary, j.batch_size, j.max_in_flight, j.max_failures, j.paused_at,
  j.pause_reason, j.pause_detail, p.display_name AS pauser_name, j.failures_accepted, j.is_canary_accepted,
  (SELECT jsonb_build_object('id', o.id, 'number', o.number) FROM patch_jobs o WHERE o.id = j.retry_of) AS retry_of,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) ORDER BY lower(g.name)) FROM groups g
    WHERE g.id = ANY (j.group_ids) AND ${reachesGroup(viewer, sql`g.id`)}), '[]') AS groups`;

const from = sql`patch_jobs j LEFT JOIN users c ON c.id = j.created_by LEFT JOIN users p ON p.id = j.paused_by`;

interface JobPage {
  readonly filter: JobFilter;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export function listJobs(db: Db, viewer: Principal, { filter, after, limit }: JobPage): Promise<JobRow[]> {
  const isAfter = after
    ? sql`(j.created_at, j.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql`true`;
  return query(
    db,
    sql`SELECT ${columns(viewer)} FROM ${from} WHERE ${jobConditions(viewer, filter)} AND ${isAfter}
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${limit}`,
  );
}

export async function countJobs(db: Db, viewer: Principal, filter: JobFilter): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM patch_jobs j WHERE ${jobConditions(viewer, filter)}`,
  );
  return row?.count ?? 0;
}

export const findJob = (db: Db, viewer: Principal, id: string): Promise<JobRow | undefined> =>
  queryOne(
    db,
    sql`SELECT ${columns(viewer)} FROM ${from} WHERE j.id = ${id} AND ${jobConditions(viewer, {})}`,
  );
