import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query } from '../database/query.js';
import type { Db } from '../database/query.js';
import type { SealedColumn, StoredSecret } from './sealed-column.js';
import type { Place, Sealed } from './sealer.js';

export const placeOf = (row: string): Place => ({
  table: 'settings',
  column: 'value',
  row,
  targetOrigin: null,
});

interface Row {
  key: string;
  value: { ciphertext: string; nonce: string; keyId: string };
}

async function select(db: Db, rest: Sql): Promise<StoredSecret[]> {
  const rows = await query<Row>(db, sql`SELECT key, value FROM settings WHERE key LIKE 'secret%' ${rest}`);
  return rows.map(({ key, value }) => ({
    place: placeOf(key),
    sealed: {
      keyId: value.keyId,
      ciphertext: Buffer.from(value.ciphertext, 'hex'),
      nonce: Buffer.from(value.nonce, 'hex'),
    },
  }));
}

export async function writeSecret(db: Db, row: string, { ciphertext, nonce, keyId }: Sealed): Promise<void> {
  const value = { ciphertext: ciphertext.toString('hex'), nonce: nonce.toString('hex'), keyId };
  await execute(
    db,
    sql`INSERT INTO settings VALUES (${row}, ${JSON.stringify(value)}, now())
      ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
  );
}

/** A column of secrets as a feature has it, kept in a table that is there anyway. */
export const column: SealedColumn = {
  table: 'settings',
  column: 'value',
  loss: 'a setting',
  read: (db) => select(db, sql`ORDER BY key`),
  lockOutdated: (db, { activeKeyId, after, limit }) =>
    select(
      db,
      sql`AND value ->> 'keyId' <> ${activeKeyId} AND key > ${after ?? ''} ORDER BY key LIMIT ${limit}
        FOR NO KEY UPDATE`,
    ),
  replace: writeSecret,
  clear: async (db, row) => {
    await execute(db, sql`DELETE FROM settings WHERE key = ${row}`);
  },
};
