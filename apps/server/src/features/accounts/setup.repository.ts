import sql from 'sql-template-tag';
import { execute, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export async function hasUsers(db: Db): Promise<boolean> {
  const row = await queryOne<{ exists: boolean }>(db, sql`SELECT EXISTS (SELECT FROM users) AS exists`);
  return row?.exists === true;
}

/** Holds off every other first administrator until the transaction ends. */
export async function lockSetup(db: Db): Promise<void> {
  await execute(db, sql`SELECT pg_advisory_xact_lock(hashtext('patchgate setup'))`);
}

export async function insertSetupToken(db: Db, tokenHash: Buffer, now: Date): Promise<void> {
  await execute(db, sql`INSERT INTO setup_tokens (token_hash, created_at) VALUES (${tokenHash}, ${now})`);
}

export async function isSetupToken(db: Db, tokenHash: Buffer): Promise<boolean> {
  const row = await queryOne(db, sql`SELECT FROM setup_tokens WHERE token_hash = ${tokenHash}`);
  return row !== undefined;
}

/** Every process that started has printed its own; one set-up uses all of them up. */
export async function deleteSetupTokens(db: Db): Promise<void> {
  await execute(db, sql`DELETE FROM setup_tokens`);
}
