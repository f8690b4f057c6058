import type { ReactNode } from 'react';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';

interface NoGroupsProps {
  isFiltered: boolean;
  /** Given to those who may create one. */
  action: ReactNode;
}

export function NoGroups({ isFiltered, action }: NoGroupsProps) {
  if (isFiltered) {
    return (
      <EmptyCard
        icon="search"
        title="No group matches"
        action={
          <LinkButton to="/groups" variant="default">
            Clear the search
          </LinkButton>
        }
      >
        No name or description contains the text above.
      </EmptyCard>
    );
  }
  if (action === undefined) {
    return (
      <EmptyCard icon="groups" title="You are in no group yet">
        Hosts become visible to you when an administrator puts you into one of their groups.
      </EmptyCard>
    );
  }
  return (
    <EmptyCard icon="groups" title="No groups yet" action={action}>
      A group joins people and hosts: its operators deploy to its hosts, its viewers watch them.
    </EmptyCard>
  );
}
