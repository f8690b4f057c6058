import sql from 'sql-template-tag';
import { query } from './query.js';
import type { Db } from './query.js';

/** Who acts: a person, or the system itself when `id` is null. */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
  readonly sourceAddress: string | null;
}

export interface AuditEntry {
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly outcome?: 'success' | 'denied' | 'failed';
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Appends one entry to the hash chain. The row of `audit_head` is the lock that orders all writers, so this must be the
 * last statement before COMMIT: whatever comes after it makes every other writer wait.
 */
export async function appendToAuditChain(db: Db, actor: Actor, entry: AuditEntry, at: Date): Promise<void> {
  await query(
    db,
    sql`SELECT audit_append(${at}, ${actor.id}, ${actor.name}, ${actor.sourceAddress}, ${entry.action},
      ${entry.objectType}, ${entry.objectId}, ${entry.outcome ?? 'success'}, ${JSON.stringify(entry.details ?? {})})`,
  );
}
