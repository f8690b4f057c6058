import sql, { empty } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { SealedColumn, StoredSecret } from '../../platform/secrets/sealed-column.js';
import type { Place, Sealed, Sealer } from '../../platform/secrets/sealer.js';

interface KeyRow {
  id: string;
  ciphertext: Buffer;
  nonce: Buffer;
  keyId: string;
}

const table = 'enrollment_requests';
const column = 'server_key_encrypted';
const lifeMs = 10 * 60_000;

const placeOf = (requestId: string): Place => ({ table, column, row: requestId, targetOrigin: null });
const columns = sql`id, server_key_encrypted AS ciphertext, server_key_nonce AS nonce, secret_key_id AS "keyId"`;
const nothing = sql`server_key_encrypted = NULL, server_key_nonce = NULL, secret_key_id = NULL, key_expires_at = NULL`;
const toSealed = ({ ciphertext, nonce, keyId }: KeyRow): Sealed => ({ ciphertext, nonce, keyId });

/** Keeps the key that was made for an agent until the agent asks, for ten minutes. */
export async function keepServerKey(
  db: Db,
  sealer: Sealer,
  { id, privateKey, now }: { id: string; privateKey: string; now: Date },
): Promise<void> {
  await sealer.beginSealing(db);
  const { ciphertext, nonce, keyId } = sealer.seal(Buffer.from(privateKey), placeOf(id));
  const expiresAt = new Date(now.getTime() + lifeMs);
  await execute(
    db,
    sql`UPDATE enrollment_requests SET server_key_encrypted = ${ciphertext}, server_key_nonce = ${nonce},
      secret_key_id = ${keyId}, key_expires_at = ${expiresAt} WHERE id = ${id}`,
  );
}

/**
 * Gives a key away, in the caller's transaction: of two who ask at once one gets it.
 *
 * @returns null when it was given away already, or nobody asked in time
 */
export async function takeServerKey(db: Db, sealer: Sealer, id: string, now: Date): Promise<string | null> {
  const row = await queryOne<KeyRow>(
    db,
    sql`WITH held AS (
        SELECT ${columns} FROM enrollment_requests
        WHERE id = ${id} AND server_key_encrypted IS NOT NULL AND key_expires_at > ${now} FOR UPDATE)
      UPDATE enrollment_requests r SET ${nothing} FROM held WHERE r.id = held.id RETURNING held.*`,
  );
  if (!row) return null;
  await sealer.learnKeys([row.keyId]);
  return sealer.open(toSealed(row), placeOf(id)).toString('utf8');
}

export async function forgetServerKeys(db: Db, now: Date): Promise<void> {
  await execute(db, sql`UPDATE enrollment_requests SET ${nothing} WHERE key_expires_at <= ${now}`);
}

export const serverKeyColumn: SealedColumn = {
  table,
  column,
  loss: 'the key for an agent that has just been approved: issue a certificate for its host',
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
      sql`UPDATE enrollment_requests SET server_key_encrypted = ${ciphertext}, server_key_nonce = ${nonce},
        secret_key_id = ${keyId} WHERE id = ${row}`,
    );
  },
  clear: async (db, row) => {
    await execute(db, sql`UPDATE enrollment_requests SET ${nothing} WHERE id = ${row}`);
  },
};

async function select(db: Db, rest: Sql): Promise<StoredSecret[]> {
  const rows = await query<KeyRow>(
    db,
    sql`SELECT ${columns} FROM enrollment_requests WHERE server_key_encrypted IS NOT NULL ${rest}`,
  );
  return rows.map((row) => ({ place: placeOf(row.id), sealed: toSealed(row) }));
}
