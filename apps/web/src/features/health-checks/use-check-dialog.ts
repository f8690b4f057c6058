import type { HealthCheckView } from '@patchgate/contracts';
import { useState } from 'react';
import type { CheckSearch } from './check-search.js';

export type CheckDialog =
  | { kind: 'add' }
  | { kind: 'copy' }
  | { kind: 'edit'; checkId: string }
  | { kind: 'switch' | 'delete'; check: HealthCheckView };

type Navigate = (to: { search: CheckSearch; replace: true; resetScroll: false }) => Promise<void>;

/** Adding and editing stand in the address, so that a link can lead there; the others are questions of the moment. */
export function useCheckDialog(inAddress: string | undefined, navigate: Navigate) {
  const [asked, setAsked] = useState<CheckDialog | null>(null);
  const go = (check: string | undefined) =>
    void navigate({ search: { check }, replace: true, resetScroll: false });
  return {
    current: asked ?? dialogOf(inAddress),
    open: (dialog: CheckDialog): void => {
      switch (dialog.kind) {
        case 'add':
          go('new');
          return;
        case 'edit':
          go(dialog.checkId);
          return;
        case 'copy':
        case 'switch':
        case 'delete':
          setAsked(dialog);
          return;
      }
    },
    close: (): void => {
      setAsked(null);
      if (inAddress !== undefined) go(undefined);
    },
  };
}

function dialogOf(inAddress: string | undefined): CheckDialog | null {
  if (inAddress === undefined) return null;
  return inAddress === 'new' ? { kind: 'add' } : { kind: 'edit', checkId: inAddress };
}
