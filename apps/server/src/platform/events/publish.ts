import sql from 'sql-template-tag';
import { execute } from '../database/query.js';
import type { Db } from '../database/query.js';

/** What changed; ids are those of hosts for `check` and `host`. */
export type EventTopic = 'check' | 'host' | 'overview' | 'scope';

export const channel = 'patchgate';
/** Payloads end at 8,000 bytes. */
const maxBytes = 7_000;

/**
 * Tells every api process what this transaction changes, when it commits. Once per batch and for changes of state only:
 * transactions that notify commit one after the other. A list too long to send is a reason to fetch anew.
 */
export async function publish(db: Db, topic: EventTopic, ids: readonly string[]): Promise<void> {
  const whole = JSON.stringify({ topic, ids });
  const payload = Buffer.byteLength(whole) <= maxBytes ? whole : JSON.stringify({ topic, refetch: true });
  await execute(db, sql`SELECT pg_notify(${channel}, ${payload})`);
}
