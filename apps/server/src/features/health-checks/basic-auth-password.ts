import sql, { empty } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { SealedColumn, StoredSecret } from '../../platform/secrets/sealed-column.js';
import type { Place, Sealed, Sealer } from '../../platform/secrets/sealer.js';
import type { SecretFields } from './health-check.row.js';
import { originOf } from './target-of.js';

const table = 'host_health_checks';
const column = 'basic_auth_pass_encrypted';

interface Bound {
  readonly id: string;
  readonly url: string | null;
}

/** Bound to where it is sent: in a row that points elsewhere it does not open. */
const placeOf = (check: Bound): Place => ({ table, column, row: check.id, targetOrigin: originOf(check) });

export const noPassword: SecretFields = {
  basic_auth_pass_encrypted: null,
  basic_auth_pass_nonce: null,
  secret_key_id: null,
};

export function sealPassword(sealer: Sealer, password: string, check: Bound): SecretFields {
  const { ciphertext, nonce, keyId } = sealer.seal(Buffer.from(password), placeOf(check));
  return { basic_auth_pass_encrypted: ciphertext, basic_auth_pass_nonce: nonce, secret_key_id: keyId };
}

/**
 * @returns null for a check without a password
 * @throws UnsealError when what is stored was not sealed for this check
 */
export function openPassword(sealer: Sealer, check: Bound & SecretFields): string | null {
  const sealed = sealedOf(check);
  return sealed && sealer.open(sealed, placeOf(check)).toString('utf8');
}

/** The keys that the passwords of these were sealed with. */
export const keyIdsOf = (checks: readonly SecretFields[]): string[] =>
  checks.map(({ secret_key_id }) => secret_key_id).filter((id) => id !== null);

function sealedOf(fields: SecretFields): Sealed | null {
  const {
    basic_auth_pass_encrypted: ciphertext,
    basic_auth_pass_nonce: nonce,
    secret_key_id: keyId,
  } = fields;
  return ciphertext && nonce && keyId !== null ? { ciphertext, nonce, keyId } : null;
}

export const basicAuthColumn: SealedColumn = {
  table,
  column,
  loss: 'the password of the check: set it again',
  read: (db) => select(db, empty),
  lockOutdated: (db, { activeKeyId, after, limit }) =>
    select(
      db,
      sql`AND secret_key_id <> ${activeKeyId} AND (${after}::uuid IS NULL OR id > ${after}::uuid)
        ORDER BY id LIMIT ${limit} FOR NO KEY UPDATE`,
    ),
  replace: async (db, row, { ciphertext, nonce, keyId }) => {
    await execute(
      db,
      sql`UPDATE host_health_checks SET basic_auth_pass_encrypted = ${ciphertext}, basic_auth_pass_nonce = ${nonce},
        secret_key_id = ${keyId} WHERE id = ${row}`,
    );
  },
  clear: async (db, row) => {
    await execute(
      db,
      sql`UPDATE host_health_checks SET basic_auth_pass_encrypted = NULL, basic_auth_pass_nonce = NULL,
        secret_key_id = NULL WHERE id = ${row}`,
    );
  },
};

async function select(db: Db, rest: Sql): Promise<StoredSecret[]> {
  const rows = await query<Bound & SecretFields>(
    db,
    sql`SELECT id, url, basic_auth_pass_encrypted, basic_auth_pass_nonce, secret_key_id
      FROM host_health_checks WHERE basic_auth_pass_encrypted IS NOT NULL ${rest}`,
  );
  return rows.flatMap((row) => {
    const sealed = sealedOf(row);
    return sealed ? [{ place: placeOf(row), sealed }] : [];
  });
}
