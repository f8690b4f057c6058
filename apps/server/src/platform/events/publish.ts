import sql from 'sql-template-tag';
import { execute } from '../database/query.js';
import type { Db } from '../database/query.js';
import type { Notification } from './notification.js';

/**
 * What changed, and whose ids come with it: hosts for `check` (health) and `host` (anything else of a host); for
 * `overview` the hosts whose numbers are in it, none for what only administrators count; for `enrolment`, which only
 * administrators see, none; for `scope` the people whose
 * reach changed, who are told to fetch all anew.
 */
export type EventTopic = 'check' | 'host' | 'overview' | 'enrolment' | 'scope';

/** Topics whose objects are reached through a host of theirs. */
export type ObjectTopic = 'job' | 'run' | 'log';

export const channel = 'patchgate';
/** Payloads end at 8,000 bytes. */
const maxBytes = 7_000;

/**
 * Tells every api process what this transaction changes, when it commits. Once per batch and for changes of state only:
 * transactions that notify commit one after the other. A list too long to send is a reason to fetch anew.
 */
export async function publish(db: Db, topic: EventTopic, ids: readonly string[]): Promise<void> {
  // Only of what nobody but administrators sees does an empty list say something.
  if (ids.length > 0 || topic === 'overview' || topic === 'enrolment') await notify(db, { topic, ids });
}

/** The same for jobs, runs and logs: each object with the host that decides who may hear of it. */
export async function publishObjects(
  db: Db,
  topic: ObjectTopic,
  objects: readonly { readonly id: string; readonly hostId: string }[],
): Promise<void> {
  if (objects.length === 0) return;
  await notify(db, {
    topic,
    ids: objects.map(({ id }) => id),
    hosts: objects.map(({ hostId }) => hostId),
  });
}

async function notify(db: Db, notification: Notification): Promise<void> {
  const whole = JSON.stringify(notification);
  const short: Notification = { topic: notification.topic, refetch: true };
  const payload = Buffer.byteLength(whole) <= maxBytes ? whole : JSON.stringify(short);
  await execute(db, sql`SELECT pg_notify(${channel}, ${payload})`);
}
