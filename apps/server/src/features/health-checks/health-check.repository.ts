import sql, { empty } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { Principal } from '../../platform/http/caller.js';
import { reachesHost } from '../../platform/http/scope.js';
import type { AgentFields, CheckRow, StoredCheck } from './health-check.row.js';

const columns = sql`c.id, c.host_id, c.revision, c.name, c.check_type, c.enabled, c.service_name, c.url, c.expected_body,
  c.ignore_cert_errors, c.basic_auth_user, c.basic_auth_pass_encrypted, c.basic_auth_pass_nonce, c.secret_key_id,
  c.target_host, c.target_port, c.use_tls, c.use_client_cert, c.script_path, c.created_at, c.updated_at,
  host(h.address) AS address, h.agent_port,
  s.status, s.since, s.last_result_at, s.last_latency_ms, s.last_reason, s.last_detail`;
const from = sql`host_health_checks c JOIN hosts h ON h.id = c.host_id JOIN health_check_state s ON s.check_id = c.id`;

export interface HostTarget extends AgentFields {
  id: string;
}

const selectHost = (viewer: Principal, hostId: string, lock: Sql) =>
  sql`SELECT h.id, host(h.address) AS address, h.agent_port FROM hosts h
    WHERE h.id = ${hostId} AND ${reachesHost(viewer, sql`h.id`)} ${lock}`;

export const findHost = (db: Db, viewer: Principal, hostId: string): Promise<HostTarget | undefined> =>
  queryOne(db, selectHost(viewer, hostId, empty));

/** One at a time adds checks to a host; whoever deletes it waits. */
export const lockHost = (db: Db, viewer: Principal, hostId: string): Promise<HostTarget | undefined> =>
  queryOne(db, selectHost(viewer, hostId, sql`FOR NO KEY UPDATE OF h`));

/** In the order of their ids, as everybody who takes several. */
export function lockHosts(db: Db, viewer: Principal, hostIds: readonly string[]): Promise<HostTarget[]> {
  return query(
    db,
    sql`SELECT h.id, host(h.address) AS address, h.agent_port FROM hosts h
      WHERE h.id = ANY (${hostIds}::uuid[]) AND ${reachesHost(viewer, sql`h.id`)} ORDER BY h.id FOR NO KEY UPDATE OF h`,
  );
}

export function listChecks(db: Db, viewer: Principal, hostId: string): Promise<CheckRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE c.host_id = ${hostId} AND ${reachesHost(viewer, sql`c.host_id`)}
      ORDER BY c.slot`,
  );
}

export interface CheckKey {
  hostId: string;
  checkId: string;
}

const selectCheck = (viewer: Principal, { hostId, checkId }: CheckKey, lock: Sql) =>
  sql`SELECT ${columns} FROM ${from} WHERE c.id = ${checkId} AND c.host_id = ${hostId}
    AND ${reachesHost(viewer, sql`c.host_id`)} ${lock}`;

export const findCheck = (db: Db, viewer: Principal, key: CheckKey): Promise<CheckRow | undefined> =>
  queryOne(db, selectCheck(viewer, key, empty));

/** What is kept of it is written back as it was read, so nobody may change it in between, rotation of keys included. */
export const lockCheck = (db: Db, viewer: Principal, key: CheckKey): Promise<CheckRow | undefined> =>
  queryOne(db, selectCheck(viewer, key, sql`FOR NO KEY UPDATE OF c`));

/**
 * Each takes the next free slot of its host, in the order given. The hosts must be locked.
 *
 * @returns whether there was one for each; else some may be there, and the transaction is to be rolled back
 */
export async function insertChecks(db: Db, checks: readonly StoredCheck[], now: Date): Promise<boolean> {
  const column = <K extends keyof StoredCheck>(name: K): StoredCheck[K][] =>
    checks.map((check) => check[name]);
  const { affected } = await execute(
    db,
    sql`WITH given AS (
        SELECT *, row_number() OVER (PARTITION BY host_id ORDER BY position) AS place
        FROM unnest(${column('id')}::uuid[], ${column('host_id')}::uuid[], ${column('revision')}::integer[],
          ${column('name')}::text[], ${column('check_type')}::text[], ${column('enabled')}::boolean[],
          ${column('service_name')}::text[], ${column('url')}::text[], ${column('expected_body')}::text[],
          ${column('ignore_cert_errors')}::boolean[], ${column('basic_auth_user')}::text[],
          ${column('basic_auth_pass_encrypted')}::bytea[], ${column('basic_auth_pass_nonce')}::bytea[],
          ${column('secret_key_id')}::text[], ${column('target_host')}::text[], ${column('target_port')}::integer[],
          ${column('use_tls')}::boolean[], ${column('use_client_cert')}::boolean[], ${column('script_path')}::text[])
          WITH ORDINALITY AS t (id, host_id, revision, name, check_type, enabled, service_name, url, expected_body,
            ignore_cert_errors, basic_auth_user, basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id,
            target_host, target_port, use_tls, use_client_cert, script_path, position)
      ), free AS (
        SELECT hosts.host_id, slot, row_number() OVER (PARTITION BY hosts.host_id ORDER BY slot) AS place
        FROM (SELECT DISTINCT host_id FROM given) AS hosts, generate_series(1, 5) AS slot
        WHERE NOT EXISTS (SELECT FROM host_health_checks t WHERE t.host_id = hosts.host_id AND t.slot = slot.slot)
      )
      INSERT INTO host_health_checks (id, host_id, slot, revision, name, check_type, enabled, service_name, url,
        expected_body, ignore_cert_errors, basic_auth_user, basic_auth_pass_encrypted, basic_auth_pass_nonce,
        secret_key_id, target_host, target_port, use_tls, use_client_cert, script_path, created_at, updated_at)
      SELECT id, host_id, slot, revision, name, check_type, enabled, service_name, url, expected_body,
        ignore_cert_errors, basic_auth_user, basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id,
        target_host, target_port, use_tls, use_client_cert, script_path, ${now}, ${now}
      FROM given JOIN free USING (host_id, place)`,
  );
  return affected === checks.length;
}

/** The type and the slot stay. */
export async function updateCheck(db: Db, check: StoredCheck, now: Date): Promise<void> {
  await execute(
    db,
    sql`UPDATE host_health_checks SET revision = ${check.revision}, name = ${check.name}, enabled = ${check.enabled},
        service_name = ${check.service_name}, url = ${check.url}, expected_body = ${check.expected_body},
        ignore_cert_errors = ${check.ignore_cert_errors}, basic_auth_user = ${check.basic_auth_user},
        basic_auth_pass_encrypted = ${check.basic_auth_pass_encrypted},
        basic_auth_pass_nonce = ${check.basic_auth_pass_nonce}, secret_key_id = ${check.secret_key_id},
        target_host = ${check.target_host}, target_port = ${check.target_port}, use_tls = ${check.use_tls},
        use_client_cert = ${check.use_client_cert}, script_path = ${check.script_path}, updated_at = ${now}
      WHERE id = ${check.id}`,
  );
}

export async function deleteCheck(db: Db, id: string): Promise<void> {
  await execute(db, sql`DELETE FROM host_health_checks WHERE id = ${id}`);
}

/** For the worker: whom it polls is decided by the claim, not by a viewer. */
export function findEnabledChecks(db: Db, hostIds: readonly string[]): Promise<CheckRow[]> {
  return query(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE c.host_id = ANY (${hostIds}::uuid[]) AND c.enabled
      ORDER BY c.host_id, c.slot`,
  );
}
