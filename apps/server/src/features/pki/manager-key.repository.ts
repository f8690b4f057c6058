import sql, { empty } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { SealedColumn, StoredSecret } from '../../platform/secrets/sealed-column.js';
import type { Place, Sealed } from '../../platform/secrets/sealer.js';

export interface ManagerKeyRow {
  readonly id: string;
  /** PEM. */
  readonly certificate: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly privateKey: Sealed;
}

interface KeyRow {
  id: string;
  ciphertext: Buffer;
  nonce: Buffer;
  keyId: string;
}

const table = 'manager_keys';
const column = 'private_key_encrypted';

/** It is shown to agents and sent to nobody. */
export const managerKeyPlace = (certificateId: string): Place => ({
  table,
  column,
  row: certificateId,
  targetOrigin: null,
});

/** One process makes a certificate, the others wait for it, over all machines. */
export async function lockManagerKey(db: Db): Promise<void> {
  await execute(db, sql`SELECT pg_advisory_xact_lock(hashtext('patchgate manager certificate'))`);
}

/** The latest that the authority has signed and nobody has revoked. */
export async function findManagerKey(db: Db, authorityId: string): Promise<ManagerKeyRow | undefined> {
  const row = await queryOne<KeyRow & Omit<ManagerKeyRow, 'privateKey'>>(
    db,
    sql`SELECT ${keyColumns}, c.certificate, c.not_before AS "notBefore", c.not_after AS "notAfter"
      FROM manager_keys k JOIN agent_certificates c ON c.id = k.certificate_id
      WHERE c.authority_id = ${authorityId} AND c.revoked_at IS NULL ORDER BY c.created_at DESC, c.id DESC LIMIT 1`,
  );
  if (!row) return undefined;
  const { id, certificate, notBefore, notAfter } = row;
  return { id, certificate, notBefore, notAfter, privateKey: toSealed(row) };
}

export async function insertManagerKey(db: Db, certificateId: string, sealed: Sealed): Promise<void> {
  const { ciphertext, nonce, keyId } = sealed;
  await execute(
    db,
    sql`INSERT INTO manager_keys (certificate_id, private_key_encrypted, private_key_nonce, secret_key_id)
      VALUES (${certificateId}, ${ciphertext}, ${nonce}, ${keyId})`,
  );
}

export const managerKeyColumn: SealedColumn = {
  table,
  column,
  loss: "the key of the manager's certificate: the worker makes another by itself",
  read: (db) => select(db, empty),
  lockOutdated: (db, { activeKeyId, after, limit }) =>
    select(
      db,
      sql`WHERE k.secret_key_id <> ${activeKeyId} AND (${after}::uuid IS NULL OR k.certificate_id > ${after}::uuid)
        ORDER BY k.certificate_id LIMIT ${limit} FOR NO KEY UPDATE`,
    ),
  replace: async (db, row, { ciphertext, nonce, keyId }) => {
    await execute(
      db,
      sql`UPDATE manager_keys SET private_key_encrypted = ${ciphertext}, private_key_nonce = ${nonce},
        secret_key_id = ${keyId} WHERE certificate_id = ${row}`,
    );
  },
  clear: async (db, row) => {
    await execute(db, sql`DELETE FROM manager_keys WHERE certificate_id = ${row}`);
  },
};

const keyColumns = sql`k.certificate_id AS id, k.private_key_encrypted AS ciphertext, k.private_key_nonce AS nonce,
  k.secret_key_id AS "keyId"`;

const toSealed = ({ ciphertext, nonce, keyId }: KeyRow): Sealed => ({ ciphertext, nonce, keyId });

async function select(db: Db, rest: Sql): Promise<StoredSecret[]> {
  const rows = await query<KeyRow>(db, sql`SELECT ${keyColumns} FROM manager_keys k ${rest}`);
  return rows.map((row) => ({ place: managerKeyPlace(row.id), sealed: toSealed(row) }));
}
