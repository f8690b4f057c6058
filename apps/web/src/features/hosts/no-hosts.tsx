import { Button } from '@mantine/core';
import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { StartDemo } from '../../ui/start-demo.js';
import { isFiltered } from './host-search.js';
import type { HostSearch } from './host-search.js';

interface NoHostsProps {
  search: HostSearch;
  onAdd: () => void;
}

export function NoHosts({ search, onAdd }: NoHostsProps) {
  const mayEdit = useAllows('admin');
  if (isFiltered(search)) {
    return (
      <EmptyCard
        icon="search"
        title="No host matches"
        action={
          <LinkButton to="/hosts" variant="default">
            Clear all filters
          </LinkButton>
        }
      >
        Nothing in your reach fits the search and the filters above.
      </EmptyCard>
    );
  }
  if (!mayEdit) {
    return (
      <EmptyCard icon="hosts" title="No hosts in your groups yet">
        You see the hosts that share a group with you. An administrator can add hosts to your group.
      </EmptyCard>
    );
  }
  return (
    <EmptyCard
      icon="hosts"
      title="No hosts yet"
      action={
        <>
          <LinkButton to="/agents" search={{ dialog: 'enrol' }}>
            Enrol host
          </LinkButton>
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={onAdd}>
            Add host
          </Button>
          <StartDemo lead="To look around first, run the demo: 24 simulated hosts, apart from this installation." />
        </>
      }
    >
      Paste one command on the first machine, which may be this one, and approve it here; or add a host by its
      name and address. Put it into a group, so that operators can see it.
    </EmptyCard>
  );
}
