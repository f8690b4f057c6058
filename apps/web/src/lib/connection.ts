import { useSyncExternalStore } from 'react';
import { nowMs } from './clock.js';

export type ConnectionState = 'live' | 'reconnecting' | 'offline';

export interface Connection {
  isReachable: boolean;
  /** When the server last answered; milliseconds since the epoch, null before the first answer. */
  lastAnswerAtMs: number | null;
  /** When it stopped answering; null while it does. */
  lostAtMs: number | null;
}

const offlineAfterMs = 30_000;
const listeners = new Set<() => void>();
let connection: Connection = { isReachable: true, lastAnswerAtMs: null, lostAtMs: null };

/** Told by whoever talks to the server: an answer, or none. */
export function reportReach(isReachable: boolean): void {
  connection = after(connection, isReachable, nowMs());
  for (const notify of listeners) notify();
}

export function after(before: Connection, isReachable: boolean, atMs: number): Connection {
  if (isReachable) return { isReachable, lastAnswerAtMs: atMs, lostAtMs: null };
  return { ...before, isReachable, lostAtMs: before.lostAtMs ?? atMs };
}

/** A short gap is being mended; after thirty seconds it is an outage and is called one. */
export function stateOf({ isReachable, lostAtMs }: Connection, atMs: number): ConnectionState {
  if (isReachable || lostAtMs === null) return 'live';
  return atMs - lostAtMs < offlineAfterMs ? 'reconnecting' : 'offline';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection);
