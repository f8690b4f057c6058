import { id } from '@patchgate/contracts';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { usePrincipal } from './principal.js';

// Several pages begin an order, so what it is made of stands below them. It is kept in the tab's own storage: a reload
// and the way back keep it, another tab and another person begin anew.

const text = z.string();
const packageNames = z.array(text).catch([]);

/** An order as it is being put together; the names are those of the contract, numbers are text until they are sent. */
const deployDraft = z.object({
  name: text.catch(''),
  host_ids: z.array(id).catch([]),
  group_ids: z.array(id).catch([]),
  selection: z.enum(['security', 'all', 'named']).catch('security'),
  packages: packageNames,
  exclude: packageNames,
  schedule: z.enum(['window', 'now']).catch('window'),
  deadline_minutes: text.catch('60'),
  allow_reboot: z.boolean().catch(false),
  canary: text.catch('1'),
  batch_size: text.catch(''),
  max_in_flight: text.catch('10'),
  max_failures: text.catch('0'),
});
export type DeployDraft = z.infer<typeof deployDraft>;

export const emptyDraft: DeployDraft = deployDraft.parse({});

const keyOf = (userId: string): string => `patchgate.deploy.${userId}`;
const listeners = new Set<() => void>();

function save(userId: string, draft: DeployDraft): void {
  window.sessionStorage.setItem(keyOf(userId), JSON.stringify(draft));
  for (const notify of listeners) notify();
}

/** What was stored may be of an older page, or of nobody's making: what does not fit is as if it were not there. */
export function readDraft(stored: string | null): DeployDraft {
  if (stored === null) return emptyDraft;
  try {
    const parsed = deployDraft.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : emptyDraft;
  } catch {
    // Not even JSON; there is nothing in it to tell anybody about.
    return emptyDraft;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let latest: { stored: string | null; draft: DeployDraft } = { stored: null, draft: emptyDraft };

// The same text is the same object, as React wants it of a snapshot.
function snapshot(userId: string): DeployDraft {
  const stored = window.sessionStorage.getItem(keyOf(userId));
  if (stored !== latest.stored) latest = { stored, draft: readDraft(stored) };
  return latest.draft;
}

export interface DraftHandle {
  draft: DeployDraft;
  change: (changed: Partial<DeployDraft>) => void;
  /** Forgets the order so far; a new one may have its hosts already. */
  begin: (chosen?: Partial<Pick<DeployDraft, 'host_ids' | 'group_ids'>>) => void;
}

/** The order this person is putting together in this tab. */
export function useDeployDraft(): DraftHandle {
  const { id: userId } = usePrincipal();
  const draft = useSyncExternalStore(subscribe, () => snapshot(userId));
  return {
    draft,
    change: (changed) => save(userId, { ...snapshot(userId), ...changed }),
    begin: (chosen = {}) => save(userId, { ...emptyDraft, ...chosen }),
  };
}
