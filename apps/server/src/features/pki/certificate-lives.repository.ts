import { X509Certificate } from 'node:crypto';
import sql from 'sql-template-tag';
import { queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface Life {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What ends one day; null where there is none. */
export interface CertificateLives {
  readonly authority: Life | null;
  readonly manager: Life | null;
  /** Of the host whose certificate ends first. */
  readonly nextAgent: Life | null;
  readonly revocationListMadeAt: Date | null;
}

interface Row {
  authority: string | null;
  manager_from: Date | null;
  manager_to: Date | null;
  agent_from: Date | null;
  agent_to: Date | null;
  list_made_at: Date | null;
}

const life = (notBefore: Date | null, notAfter: Date | null): Life | null =>
  notBefore && notAfter && { notBefore, notAfter };

export async function readCertificateLives(db: Db): Promise<CertificateLives> {
  const row = await queryOne<Row>(
    db,
    sql`WITH authority AS (SELECT id, certificate FROM pki_authorities ORDER BY created_at DESC, id DESC LIMIT 1),
      current AS (SELECT c.kind, c.not_before, c.not_after FROM agent_certificates c
        WHERE c.revoked_at IS NULL AND c.superseded_by IS NULL
          AND (c.kind = 'manager' OR EXISTS (SELECT FROM hosts h WHERE h.id = c.host_id))),
      manager AS (SELECT * FROM current WHERE kind = 'manager' ORDER BY not_after DESC LIMIT 1),
      agent AS (SELECT * FROM current WHERE kind = 'agent' ORDER BY not_after LIMIT 1)
    SELECT a.certificate AS authority, m.not_before AS manager_from, m.not_after AS manager_to,
      g.not_before AS agent_from, g.not_after AS agent_to, l.this_update AS list_made_at
    FROM (SELECT) nothing LEFT JOIN authority a ON true LEFT JOIN manager m ON true LEFT JOIN agent g ON true
      LEFT JOIN revocation_lists l ON l.authority_id = a.id`,
  );
  if (!row) throw new Error('a row of nothing is missing');
  const certificate = row.authority === null ? null : new X509Certificate(row.authority);
  return {
    authority: certificate && { notBefore: certificate.validFromDate, notAfter: certificate.validToDate },
    manager: life(row.manager_from, row.manager_to),
    nextAgent: life(row.agent_from, row.agent_to),
    revocationListMadeAt: row.list_made_at,
  };
}
