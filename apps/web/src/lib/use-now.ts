import { useSyncExternalStore } from 'react';
import { nowMs } from './clock.js';

const tickMs = 5_000;
const listeners = new Set<() => void>();
let current = nowMs();
let timer: number | undefined;

// One timer for the whole page: forty rows that each kept their own would wake the tab forty times.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    current = nowMs();
    for (const notify of listeners) notify();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

function read(): number {
  // Without a running timer the stored value is as old as the last page that showed a time.
  if (timer === undefined) current = nowMs();
  return current;
}

/** Milliseconds since the epoch, renewed every five seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);
