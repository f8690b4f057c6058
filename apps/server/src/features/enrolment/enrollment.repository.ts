import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Applicant } from './applicant.js';

export interface NewEnrollment extends Applicant {
  id: string;
  source_address: string;
  source_network: string;
  token_id: string | null;
  vouched_by: string | null;
  group_id: string | null;
  created_at: Date;
  expires_at: Date;
}

export interface Collision {
  field: 'fqdn' | 'address' | 'machine_id';
  with: 'host' | 'request';
  id: string;
  fqdn: string;
}

export interface EnrollmentRow extends Omit<NewEnrollment, 'source_network' | 'token_id' | 'group_id'> {
  group: { id: string; name: string } | null;
  collisions: Collision[];
}

const isPending = (now: Date): Sql => sql`r.state = 'pending' AND r.expires_at > ${now}`;

export async function insertEnrollment(db: Db, row: NewEnrollment, pollingTokenHash: Buffer): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO enrollment_requests (id, polling_token_hash, agent, machine_id, fqdn, address, agent_port,
        agent_version, os_details, csr, source_address, source_network, token_id, vouched_by, group_id, created_at,
        expires_at)
      VALUES (${row.id}, ${pollingTokenHash}, ${row.agent}, ${row.machine_id}, ${row.fqdn}, ${row.address},
        ${row.agent_port}, ${row.agent_version}, ${JSON.stringify(row.os_details)}, ${row.csr}, ${row.source_address},
        ${row.source_network}, ${row.token_id}, ${row.vouched_by}, ${row.group_id}, ${row.created_at},
        ${row.expires_at})`,
  );
}

/** Hosts that have the name, or the address and port, or the machine id already. */
export function findHostsLike(
  db: Db,
  { fqdn, address, agent_port, machine_id }: Applicant,
): Promise<{ id: string; fqdn: string; field: Collision['field'] }[]> {
  return query(
    db,
    sql`SELECT h.id, h.fqdn, k.field FROM hosts h, LATERAL (VALUES
        ('fqdn', h.fqdn = ${fqdn}), ('address', h.address = ${address} AND h.agent_port = ${agent_port}),
        ('machine_id', h.machine_id = ${machine_id})) AS k (field, is_same)
      WHERE (h.fqdn = ${fqdn} OR (h.address = ${address} AND h.agent_port = ${agent_port}) OR h.machine_id = ${machine_id})
        AND k.is_same ORDER BY k.field, h.fqdn`,
  );
}

export async function countUnvouched(
  db: Db,
  network: string,
  now: Date,
): Promise<{ all: number; network: number }> {
  const row = await queryOne<{ all: number; network: number }>(
    db,
    sql`SELECT count(*)::int AS "all", (count(*) FILTER (WHERE r.source_network = ${network}))::int AS network
      FROM enrollment_requests r WHERE ${isPending(now)} AND r.vouched_by IS NULL`,
  );
  return row ?? { all: 0, network: 0 };
}

/**
 * Takes back what the same machine has asked before, so that an agent that lost its place begins anew. Not what came from
 * elsewhere, nor what somebody vouched for when nobody vouches now: anybody could take another's place.
 */
export async function replaceEarlier(db: Db, row: NewEnrollment): Promise<void> {
  await execute(
    db,
    sql`UPDATE enrollment_requests r SET state = 'replaced', decided_at = ${row.created_at}
      WHERE ${isPending(row.created_at)} AND r.machine_id = ${row.machine_id} AND r.fqdn = ${row.fqdn}
        AND r.address = ${row.address} AND r.agent_port = ${row.agent_port} AND r.source_address = ${row.source_address}
        AND (r.vouched_by IS NULL OR ${row.vouched_by}::text IS NOT NULL)`,
  );
}

const collisions = (
  now: Date,
): Sql => sql`COALESCE((SELECT jsonb_agg(c ORDER BY c."with", c.field, c.fqdn) FROM (
    SELECT k.field, 'host' AS "with", h.id, h.fqdn FROM hosts h, LATERAL (VALUES
      ('fqdn', h.fqdn = r.fqdn), ('address', h.address = r.address AND h.agent_port = r.agent_port),
      ('machine_id', h.machine_id = r.machine_id)) AS k (field, is_same)
    WHERE (h.fqdn = r.fqdn OR (h.address = r.address AND h.agent_port = r.agent_port) OR h.machine_id = r.machine_id)
      AND k.is_same
    UNION ALL
    SELECT k.field, 'request', o.id, o.fqdn FROM enrollment_requests o, LATERAL (VALUES
      ('fqdn', o.fqdn = r.fqdn), ('address', o.address = r.address AND o.agent_port = r.agent_port),
      ('machine_id', o.machine_id = r.machine_id)) AS k (field, is_same)
    WHERE o.state = 'pending' AND o.expires_at > ${now} AND o.id <> r.id AND k.is_same) c), '[]') AS collisions`;

export function listEnrollments(
  db: Db,
  now: Date,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<EnrollmentRow[]> {
  const [createdAt, id] = after ?? [null, null];
  return query(
    db,
    sql`SELECT r.id, r.agent, r.machine_id, r.fqdn, host(r.address) AS address, r.agent_port, r.agent_version,
        r.os_details, r.source_address, r.vouched_by, r.created_at, r.expires_at,
        CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id, 'name', g.name) END AS "group",
        ${collisions(now)}
      FROM enrollment_requests r LEFT JOIN groups g ON g.id = r.group_id
      WHERE ${isPending(now)} AND (${createdAt}::timestamptz IS NULL OR (r.created_at, r.id) > (${createdAt}, ${id}::uuid))
      ORDER BY r.created_at, r.id LIMIT ${limit}`,
  );
}

export async function countEnrollments(db: Db, now: Date): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM enrollment_requests r WHERE ${isPending(now)}`,
  );
  return row?.count ?? 0;
}

/** Holds a request that still waits: of two decisions at once the second finds none. */
export function lockPending(
  db: Db,
  id: string,
  now: Date,
): Promise<(Applicant & { id: string; vouched_by: string | null }) | undefined> {
  return queryOne(
    db,
    sql`SELECT r.id, r.agent, r.machine_id, r.fqdn, host(r.address) AS address, r.agent_port, r.agent_version,
        r.os_details, r.csr, r.vouched_by
      FROM enrollment_requests r WHERE r.id = ${id} AND ${isPending(now)} FOR UPDATE`,
  );
}

export async function decide(
  db: Db,
  id: string,
  {
    state,
    certificateId,
    now,
    until,
  }: { state: 'approved' | 'denied'; certificateId: string | null; now: Date; until: Date },
): Promise<void> {
  await execute(
    db,
    sql`UPDATE enrollment_requests SET state = ${state}, certificate_id = ${certificateId}, decided_at = ${now},
      expires_at = ${until} WHERE id = ${id}`,
  );
}

export interface EnrollmentState {
  id: string;
  state: 'pending' | 'approved' | 'denied' | 'replaced';
  agent: 'patchgate' | 'public';
  fqdn: string;
  /** PEM; null unless approved, and when it has been revoked since. */
  certificate: string | null;
}

export function findByPollingToken(db: Db, hash: Buffer, now: Date): Promise<EnrollmentState | undefined> {
  return queryOne(
    db,
    sql`SELECT r.id, r.state, r.agent, r.fqdn, c.certificate FROM enrollment_requests r
      LEFT JOIN agent_certificates c ON c.id = r.certificate_id AND c.revoked_at IS NULL
      WHERE r.polling_token_hash = ${hash} AND r.expires_at > ${now}`,
  );
}

/** Whether a machine id stands for two machines: of two hosts, or of a host and of a request. */
export async function hasDuplicateMachines(db: Db, now: Date): Promise<boolean> {
  const row = await queryOne<{ found: boolean }>(
    db,
    sql`SELECT EXISTS (SELECT FROM hosts WHERE machine_id IS NOT NULL GROUP BY machine_id HAVING count(*) > 1)
      OR EXISTS (SELECT FROM enrollment_requests r JOIN hosts h ON h.machine_id = r.machine_id WHERE ${isPending(now)})
      AS found`,
  );
  return row?.found === true;
}

/** A day later than need be, for those who look why an agent never came. */
export async function forgetSpent(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - 24 * 3_600_000);
  const requests = await execute(db, sql`DELETE FROM enrollment_requests WHERE expires_at < ${before}`);
  const tokens = await execute(db, sql`DELETE FROM enrollment_tokens WHERE expires_at < ${before}`);
  return requests.affected + tokens.affected;
}
