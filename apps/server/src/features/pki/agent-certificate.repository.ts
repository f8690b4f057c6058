import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { AgentSubject } from './certificates.js';
import type { RevokedSerial } from './revocation-list.js';

export interface AgentCertificateRow {
  id: string;
  kind: 'manager' | 'agent';
  host_id: string | null;
  authority_id: string;
  serial: string;
  /** SHA-256 of the DER, lower-case hex. */
  fingerprint: string;
  certificate: string;
  not_before: Date;
  not_after: Date;
}

export interface ListedCertificate extends Omit<AgentCertificateRow, 'certificate'> {
  fqdn: string | null;
}

const isCurrent = sql`c.revoked_at IS NULL AND c.superseded_by IS NULL`;

export async function insertCertificate(db: Db, row: AgentCertificateRow, now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO agent_certificates (id, kind, host_id, authority_id, serial, fingerprint, certificate, not_before,
        not_after, created_at)
      VALUES (${row.id}, ${row.kind}, ${row.host_id}, ${row.authority_id}, ${row.serial}, ${row.fingerprint},
        ${row.certificate}, ${row.not_before}, ${row.not_after}, ${now})`,
  );
}

/** The host's earlier certificates stay valid, because its agent may be slow to take the new one. */
export async function supersedeCertificates(
  db: Db,
  { id, kind, host_id }: AgentCertificateRow,
): Promise<void> {
  await execute(
    db,
    sql`UPDATE agent_certificates c SET superseded_by = ${id}
      WHERE c.kind = ${kind} AND c.host_id IS NOT DISTINCT FROM ${host_id}::uuid AND c.id <> ${id} AND ${isCurrent}`,
  );
}

/**
 * Holds the host until the transaction ends: it gets one certificate after the other, and is not deleted beside one that
 * nobody would revoke.
 */
export function lockSubject(db: Db, hostId: string): Promise<AgentSubject | undefined> {
  return queryOne(
    db,
    sql`SELECT id AS "hostId", fqdn, host(address) AS address FROM hosts WHERE id = ${hostId} FOR NO KEY UPDATE`,
  );
}

export async function revokeCertificatesOf(db: Db, hostId: string, now: Date): Promise<string[]> {
  const rows = await query<{ serial: string }>(
    db,
    sql`UPDATE agent_certificates SET revoked_at = ${now}
      WHERE host_id = ${hostId} AND revoked_at IS NULL AND not_after > ${now} RETURNING serial`,
  );
  return rows.map(({ serial }) => serial);
}

export function revokeCertificate(
  db: Db,
  id: string,
  now: Date,
): Promise<{ serial: string; host_id: string | null } | undefined> {
  return queryOne(
    db,
    sql`UPDATE agent_certificates SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL AND not_after > ${now}
      RETURNING serial, host_id`,
  );
}

/** The next to end first. What belongs to a host that is gone is no longer anybody's. */
export function listCurrentCertificates(
  db: Db,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<ListedCertificate[]> {
  const [endsAt, id] = after ?? [null, null];
  return query(
    db,
    sql`SELECT c.id, c.kind, c.host_id, c.authority_id, c.serial, c.fingerprint, c.not_before, c.not_after, h.fqdn
      FROM agent_certificates c LEFT JOIN hosts h ON h.id = c.host_id
      WHERE ${isCurrent} AND (c.host_id IS NULL OR h.id IS NOT NULL)
        AND (${endsAt}::timestamptz IS NULL OR (c.not_after, c.id) > (${endsAt}, ${id}::uuid))
      ORDER BY c.not_after, c.id LIMIT ${limit}`,
  );
}

export async function countCurrentCertificates(db: Db): Promise<number> {
  const row = await queryOne<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM agent_certificates c LEFT JOIN hosts h ON h.id = c.host_id
      WHERE ${isCurrent} AND (c.host_id IS NULL OR h.id IS NOT NULL)`,
  );
  return row?.count ?? 0;
}

/** What a list of revoked certificates must name: whatever has ended is refused anyway. */
export function listRevokedSerials(db: Db, authorityId: string, now: Date): Promise<RevokedSerial[]> {
  return query(
    db,
    sql`SELECT serial, revoked_at AS "revokedAt" FROM agent_certificates
      WHERE authority_id = ${authorityId} AND revoked_at IS NOT NULL AND not_after > ${now} ORDER BY revoked_at, id`,
  );
}

/** Forgets what has ended long ago and was followed by another, or belongs to nobody. */
export async function deleteEndedCertificates(db: Db, before: Date): Promise<number> {
  const { affected } = await execute(
    db,
    sql`DELETE FROM agent_certificates WHERE not_after < ${before} AND (revoked_at IS NOT NULL OR superseded_by IS NOT NULL)`,
  );
  return affected;
}
