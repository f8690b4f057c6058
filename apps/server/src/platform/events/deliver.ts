import { writeLiveEvent } from '@patchgate/contracts';
import type { Changed, LiveEvent } from '@patchgate/contracts';
import { seesEverything } from '@patchgate/domain';
import type { Principal } from '../http/caller.js';
import type { LiveStream } from './live-stream.js';
import type { Changes, Objects } from './pending-changes.js';
import type { Reach } from './reach.js';

/** Sends each stream what of the changes its caller reaches, and nothing of the rest (SEC-A4). */
export function deliver(changes: Changes, streams: readonly LiveStream[], reach: Reach): void {
  // Streams of one person, and of all administrators, get the same text: it is made once.
  const texts = new Map<string, string>();
  for (const stream of streams) {
    const { principal } = stream;
    const key = seesEverything(principal.role) ? 'everything' : principal.userId;
    const text = texts.get(key) ?? eventsFor(principal, changes, reach).map(writeLiveEvent).join('');
    texts.set(key, text);
    if (text !== '') stream.sendText(text);
  }
}

function eventsFor(principal: Principal, { objects, forAdmins }: Changes, reach: Reach): LiveEvent[] {
  const events: LiveEvent[] = [];
  for (const [topic, changed] of objects) {
    const data = reached(principal, changed, reach);
    if (data === null) continue;
    events.push(topic === 'overview' ? { topic, data: {} } : { topic, data });
  }
  if (!seesEverything(principal.role)) return events;
  const told = new Set<string>(events.map(({ topic }) => topic));
  for (const topic of forAdmins) if (!told.has(topic)) events.push({ topic, data: {} });
  return events;
}

function reached(principal: Principal, changed: Objects, reach: Reach): Changed | null {
  // It names nothing and tells only that much happened somewhere.
  if (changed === 'all') return { refetch: true };
  const isEverything = seesEverything(principal.role);
  const ids = [...changed]
    .filter(([, hosts]) => isEverything || [...hosts].some((host) => reach.has(principal, host)))
    .map(([id]) => id);
  return ids.length > 0 ? { ids } : null;
}
