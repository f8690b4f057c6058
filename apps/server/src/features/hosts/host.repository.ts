import type { agentFailure, agentStatus, healthStatus } from '@patchgate/contracts';
import sql, { empty, join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { containsPattern } from '../../platform/database/like.js';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesGroup, reachesHost, reachesHostOfMany } from '../../platform/http/scope.js';

type HealthStatus = z.output<typeof healthStatus>;
type AgentStatus = z.output<typeof agentStatus>;

export interface HostRow {
  id: string;
  fqdn: string;
  address: string;
  agent_port: number;
  groups: { id: string; name: string }[];
  severity: number;
  health_check_status: HealthStatus;
  checks_total: number;
  checks_healthy: number;
  checks_unhealthy: number;
  checks_unknown: number;
  agent_status: AgentStatus;
  agent_version: string | null;
  last_seen_at: Date | null;
  capabilities: string[];
  last_failure: z.output<typeof agentFailure> | null;
  last_failure_detail: string | null;
  agent_certificate_valid_to: Date | null;
  inventory_at: Date | null;
  inventory_failure: string | null;
  is_refreshing: boolean;
  os: string | null;
  os_version: string | null;
  kernel: string | null;
  architecture: string | null;
  boot_id: string | null;
  pending_reboot: boolean | null;
  patches_total: number | null;
  patches_security: number | null;
  active_run: { job_id: string; run_id: string; status: string } | null;
  created_at: Date;
  updated_at: Date;
}

export interface HostFilter {
  q?: string | undefined;
  group?: string | undefined;
  health?: HealthStatus | undefined;
  agent?: AgentStatus | undefined;
  patches?: 'security' | 'any' | 'none' | undefined;
}

const from = sql`hosts h JOIN host_health hh ON hh.host_id = h.id`;

/** Only for what is shown: nothing is looked for or counted by it. */
const withAgent = sql`LEFT JOIN host_agents a ON a.host_id = h.id`;

/** A status that is no longer fresh is unknown, whatever was stored last. */
const healthAt = (now: Date): Sql =>
  sql`CASE WHEN hh.health_check_status IN ('healthy', 'unhealthy') AND (hh.fresh_until IS NULL OR hh.fresh_until < ${now})
    THEN 'unknown' ELSE hh.health_check_status END`;

// Written out: of a CASE the planner knows nothing, takes one host in two hundred for healthy, and plans for that.
function hasHealth(health: HealthStatus, now: Date): Sql {
  switch (health) {
    case 'healthy':
    case 'unhealthy':
      return sql`(hh.health_check_status = ${health} AND hh.fresh_until >= ${now})`;
    case 'unknown':
      return sql`(hh.health_check_status = 'unknown' OR (hh.health_check_status IN ('healthy', 'unhealthy')
        AND (hh.fresh_until IS NULL OR hh.fresh_until < ${now})))`;
    case 'none':
      return sql`hh.health_check_status = 'none'`;
  }
}

// A viewer is told of a host's groups only those he is in himself.
const columns = (
  viewer: Principal,
  now: Date,
): Sql => sql`h.id, h.fqdn, host(h.address) AS address, h.agent_port,
  hh.severity, ${healthAt(now)} AS health_check_status,
  hh.checks_total, hh.checks_healthy, hh.checks_unhealthy, hh.checks_unknown,
  h.agent_status, h.agent_version, a.last_seen_at, h.os, h.os_version, h.kernel, h.architecture, h.boot_id,
  h.pending_reboot, h.patches_total, h.patches_security, h.created_at, h.updated_at, h.capabilities, a.last_failure,
  a.last_failure_detail, a.certificate_valid_to AS agent_certificate_valid_to, a.inventory_at, a.inventory_failure,
  COALESCE(a.refresh_requested_at > now() - interval '3 minutes', false) AS is_refreshing,
  (SELECT jsonb_build_object('job_id', r.job_id, 'run_id', r.id, 'status', r.status) FROM patch_job_hosts r
    WHERE r.host_id = h.id AND (r.status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting',
      'verifying') OR (r.status = 'indeterminate' AND r.resolved_at IS NULL))) AS active_run,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) ORDER BY lower(g.name))
    FROM group_hosts gh JOIN groups g ON g.id = gh.group_id
    WHERE gh.host_id = h.id AND ${reachesGroup(viewer, sql`g.id`)}), '[]') AS groups`;

function conditions(
  viewer: Principal,
  { q, group, health, agent, patches }: HostFilter,
  now: Date,
  hostId: Sql,
): Sql {
  const all = [reachesHostOfMany(viewer, hostId)];
  if (q) all.push(matches(q));
  if (group) {
    all.push(sql`EXISTS (SELECT FROM group_hosts gf WHERE gf.host_id = ${hostId} AND gf.group_id = ${group})
      AND ${reachesGroup(viewer, sql`${group}::uuid`)}`);
  }
  if (health) all.push(hasHealth(health, now));
  if (agent) all.push(sql`h.agent_status = ${agent}`);
  if (patches) all.push(hasPatches(patches));
  return join(all, ' AND ');
}

function hasPatches(patches: NonNullable<HostFilter['patches']>): Sql {
  switch (patches) {
    case 'security':
      return sql`h.patches_security > 0`;
    case 'any':
      return sql`h.patches_total > 0`;
    case 'none':
      return sql`h.patches_total = 0`;
  }
}

/** Names are kept in lower case, and no host is asked for its address by something that cannot be part of one. */
function matches(q: string): Sql {
  const pattern = containsPattern(q.toLowerCase());
  const inName = sql`h.fqdn LIKE ${pattern}`;
  return /^[0-9a-f.:]+$/i.test(q) ? sql`(${inName} OR host(h.address) LIKE ${pattern})` : inName;
}

export interface HostPage {
  filter: HostFilter;
  after: Sql;
  orderBy: Sql;
  /** The host's id in the table that has the order. */
  orderedId: Sql;
  limit: number;
}

export function listHosts(db: Db, viewer: Principal, page: HostPage, now: Date): Promise<HostRow[]> {
  const { filter, after, orderBy, orderedId, limit } = page;
  return query(
    db,
    sql`SELECT ${columns(viewer, now)} FROM ${from} ${withAgent} WHERE ${conditions(viewer, filter, now, orderedId)}
      AND ${after} ORDER BY ${orderBy} LIMIT ${limit}`,
  );
}

export async function countHosts(db: Db, viewer: Principal, filter: HostFilter, now: Date): Promise<number> {
  // Whatever one table can answer is asked of it alone: a count has to look at every row, and a join at each twice.
  const needsHost = Boolean(filter.q) || filter.agent !== undefined || filter.patches !== undefined;
  const [tables, hostId] =
    filter.health === undefined
      ? [sql`hosts h`, sql`h.id`]
      : [needsHost ? from : sql`host_health hh`, sql`hh.host_id`];
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM ${tables} WHERE ${conditions(viewer, filter, now, hostId)}`,
  );
  return row?.count ?? 0;
}

export function findHost(
  db: Db,
  viewer: Principal,
  id: string,
  now: Date,
  lock: Sql = empty,
): Promise<HostRow | undefined> {
  return queryOne(
    db,
    sql`SELECT ${columns(viewer, now)} FROM ${from} ${withAgent} WHERE h.id = ${id} AND ${reachesHost(viewer, sql`h.id`)} ${lock}`,
  );
}

export interface NewHost {
  id: string;
  fqdn: string;
  address: string;
  agent_port: number;
  /** What an agent said of its machine when it enrolled; null for a host made by hand. */
  enrolled: EnrolledFacts | null;
}

interface EnrolledFacts {
  machine_id: string;
  os: string | null;
  os_version: string | null;
  kernel: string | null;
}

export async function insertHost(db: Db, host: NewHost, now: Date): Promise<void> {
  const { machine_id = null, os = null, os_version = null, kernel = null } = host.enrolled ?? {};
  await execute(
    db,
    sql`INSERT INTO hosts (id, fqdn, address, agent_port, machine_id, os, os_version, kernel, created_at, updated_at)
      VALUES (${host.id}, ${host.fqdn}, ${host.address}, ${host.agent_port}, ${machine_id}, ${os}, ${os_version},
        ${kernel}, ${now}, ${now})`,
  );
  // The phase is a hash of the id and never changes: hosts spread over the interval and stay where they are.
  await execute(
    db,
    sql`INSERT INTO host_health (host_id, fqdn, phase)
      VALUES (${host.id}, ${host.fqdn}, abs(hashtextextended(${host.id}, 0) % 1000000)::int)`,
  );
}

export interface HostChange {
  fqdn?: string | undefined;
  address?: string | undefined;
  agent_port?: number | undefined;
}

export async function updateHost(
  db: Db,
  id: string,
  { fqdn, address, agent_port }: HostChange,
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`UPDATE hosts SET fqdn = COALESCE(${fqdn ?? null}, fqdn), address = COALESCE(${address ?? null}::inet, address),
      agent_port = COALESCE(${agent_port ?? null}::int, agent_port), updated_at = ${now} WHERE id = ${id}`,
  );
}

export async function deleteHost(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM hosts WHERE id = ${id}`);
}
