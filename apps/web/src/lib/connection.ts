import { useSyncExternalStore } from 'react';
import { nowMs } from './clock.js';

export type ConnectionState = 'live' | 'reconnecting' | 'offline';

export interface Connection {
  /** Since when the page may be behind the server; milliseconds since the epoch, null while it is not. */
  lostAtMs: number | null;
}

const offlineAfterMs = 30_000;
const listeners = new Set<() => void>();
let connection: Connection = { lostAtMs: null };

function set(next: Connection): void {
  if (next.lostAtMs === connection.lostAtMs) return;
  connection = next;
  for (const notify of listeners) notify();
}

/** Told by whoever talks to the server: no answer, or no live updates, since then. */
export const reportLost = (sinceMs: number = nowMs()): void => set(afterLoss(connection, sinceMs));

/** Told by the live updates alone, for only they know that nothing is missed. */
export const reportLive = (): void => set({ lostAtMs: null });

/** A loss counts from its first sign, however many follow. */
export const afterLoss = ({ lostAtMs }: Connection, sinceMs: number): Connection => ({
  lostAtMs: lostAtMs ?? sinceMs,
});

/** A short gap is being mended; after thirty seconds it is an outage and looks like one. */
export function stateOf({ lostAtMs }: Connection, atMs: number): ConnectionState {
  if (lostAtMs === null) return 'live';
  return atMs - lostAtMs < offlineAfterMs ? 'reconnecting' : 'offline';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection);
