import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface RevocationListRow {
  number: bigint;
  pem: string;
  thisUpdate: Date;
  nextUpdate: Date;
}

/** One list after the other: the second to come reads what the first has revoked. */
export async function lockRevocationList(db: Db): Promise<void> {
  await execute(db, sql`SELECT pg_advisory_xact_lock(hashtext('patchgate revocation list'))`);
}

export async function findRevocationList(
  db: Db,
  authorityId: string,
): Promise<RevocationListRow | undefined> {
  const row = await queryOne<Omit<RevocationListRow, 'number'> & { number: string }>(
    db,
    sql`SELECT number, pem, this_update AS "thisUpdate", next_update AS "nextUpdate" FROM revocation_lists
      WHERE authority_id = ${authorityId}`,
  );
  return row && { ...row, number: BigInt(row.number) };
}

export async function putRevocationList(db: Db, authorityId: string, list: RevocationListRow): Promise<void> {
  const { number, pem, thisUpdate, nextUpdate } = list;
  await execute(
    db,
    sql`INSERT INTO revocation_lists (authority_id, number, pem, this_update, next_update)
      VALUES (${authorityId}, ${number.toString()}, ${pem}, ${thisUpdate}, ${nextUpdate})
      ON CONFLICT (authority_id) DO UPDATE SET number = excluded.number, pem = excluded.pem,
        this_update = excluded.this_update, next_update = excluded.next_update`,
  );
}
