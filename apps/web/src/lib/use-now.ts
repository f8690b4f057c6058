import { useSyncExternalStore } from 'react';
import { nowMs } from './clock.js';

// One timer for the whole page: forty rows that each kept their own would wake the tab forty times, and would not count
// down together.
function ticking(everyMs: number): () => number {
  const listeners = new Set<() => void>();
  let current = nowMs();
  let timer: number | undefined;

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    timer ??= window.setInterval(() => {
      current = nowMs();
      for (const notify of listeners) notify();
    }, everyMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      window.clearInterval(timer);
      timer = undefined;
    };
  };

  const read = (): number => {
    // Without a running timer the stored value is as old as the last page that showed a time.
    if (timer === undefined) current = nowMs();
    return current;
  };

  return () => useSyncExternalStore(subscribe, read);
}

/** Milliseconds since the epoch, renewed every five seconds. */
export const useNow = ticking(5_000);

/** The same renewed every second, for what counts down. */
export const useSeconds = ticking(1_000);
