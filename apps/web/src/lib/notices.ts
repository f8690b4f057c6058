import { useSyncExternalStore } from 'react';

export interface Notice {
  id: number;
  text: string;
}

const shownForMs = 6_000;
const listeners = new Set<() => void>();
let notices: readonly Notice[] = [];
let lastId = 0;

function set(next: readonly Notice[]): void {
  notices = next;
  for (const notify of listeners) notify();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that something worked. What failed is said where it failed, and stays until it is dealt with. */
export function announce(text: string): void {
  const notice = { id: ++lastId, text };
  set([...notices.slice(-2), notice]);
  window.setTimeout(() => dismissNotice(notice.id), shownForMs);
}

export function dismissNotice(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

export const useNotices = (): readonly Notice[] => useSyncExternalStore(subscribe, () => notices);
