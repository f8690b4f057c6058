import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { SealedColumn } from '../../platform/secrets/sealed-column.js';
import type { Place, Sealed } from '../../platform/secrets/sealer.js';

export interface Authority {
  readonly id: string;
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: Sealed;
}

interface Row {
  id: string;
  certificate: string;
  ciphertext: Buffer;
  nonce: Buffer;
  keyId: string;
}

const table = 'pki_authorities';
const column = 'private_key_encrypted';

/** The key of an authority is sent nowhere. */
export const privateKeyPlace = (id: string): Place => ({ table, column, row: id, targetOrigin: null });

/** One process makes the authority, the others wait for it, over all machines. */
export async function lockAuthority(db: Db): Promise<void> {
  await execute(db, sql`SELECT pg_advisory_xact_lock(hashtext('patchgate pki authority'))`);
}

/** The authority that issues: the latest. */
export async function findAuthority(db: Db): Promise<Authority | undefined> {
  const row = await queryOne<Row>(db, sql`${selectAuthorities} ORDER BY created_at DESC, id DESC LIMIT 1`);
  return row && toAuthority(row);
}

export async function insertAuthority(
  db: Db,
  { id, certificate, privateKey }: Authority,
  now: Date,
): Promise<void> {
  const { ciphertext, nonce, keyId } = privateKey;
  await execute(
    db,
    sql`INSERT INTO pki_authorities (id, certificate, private_key_encrypted, private_key_nonce, secret_key_id, created_at)
      VALUES (${id}, ${certificate}, ${ciphertext}, ${nonce}, ${keyId}, ${now})`,
  );
}

export const authorityKeyColumn: SealedColumn = {
  table,
  column,
  loss: 'the key of the certificate authority: the next start makes another, which browsers have to trust anew',
  read: async (db) => (await query<Row>(db, selectAuthorities)).map(toSecret),
  lockOutdated: async (db, { activeKeyId, after, limit }) => {
    const page = sql`WHERE secret_key_id <> ${activeKeyId} AND (${after}::uuid IS NULL OR id > ${after}::uuid)
      ORDER BY id LIMIT ${limit} FOR NO KEY UPDATE`;
    return (await query<Row>(db, sql`${selectAuthorities} ${page}`)).map(toSecret);
  },
  replace: async (db, row, { ciphertext, nonce, keyId }) => {
    await execute(
      db,
      sql`UPDATE pki_authorities SET private_key_encrypted = ${ciphertext}, private_key_nonce = ${nonce},
        secret_key_id = ${keyId} WHERE id = ${row}`,
    );
  },
  // Without its key it can sign nothing, and a certificate alone would keep another from being made.
  clear: async (db, row) => {
    await execute(db, sql`DELETE FROM pki_authorities WHERE id = ${row}`);
  },
};

const toSecret = (row: Row) => ({ place: privateKeyPlace(row.id), sealed: toAuthority(row).privateKey });

const selectAuthorities = sql`SELECT id, certificate, private_key_encrypted AS ciphertext,
  private_key_nonce AS nonce, secret_key_id AS "keyId" FROM pki_authorities`;

const toAuthority = ({ id, certificate, ciphertext, nonce, keyId }: Row): Authority => ({
  id,
  certificate,
  privateKey: { ciphertext, nonce, keyId },
});
