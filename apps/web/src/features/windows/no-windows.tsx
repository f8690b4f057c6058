import type { ReactNode } from 'react';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';

interface NoWindowsProps {
  isFiltered: boolean;
  /** Given to those who may create one. */
  action: ReactNode;
}

export function NoWindows({ isFiltered, action }: NoWindowsProps) {
  if (isFiltered) {
    return (
      <EmptyCard
        icon="search"
        title="No window matches"
        action={
          <LinkButton to="/windows" variant="default">
            Clear the filters
          </LinkButton>
        }
      >
        No window or blackout is named so, or belongs to what is chosen above.
      </EmptyCard>
    );
  }
  return (
    <EmptyCard icon="windows" title="No maintenance windows yet" action={action}>
      A window says when the hosts of a group, or a single host, may be patched: the gate waits for a healthy
      host until the window closes. A blackout is the opposite: while it lasts, nothing starts.
    </EmptyCard>
  );
}
