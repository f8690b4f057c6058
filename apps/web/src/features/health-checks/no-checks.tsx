import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';

interface NoChecksProps {
  mayEdit: boolean;
  onAdd: () => void;
}

export function NoChecks({ mayEdit, onAdd }: NoChecksProps) {
  return (
    <EmptyState
      icon="shield"
      title="Nothing watches this host"
      action={
        mayEdit && (
          <Button leftSection={<Icon name="plus" />} onClick={onAdd}>
            Add check
          </Button>
        )
      }
    >
      Up to five checks say whether a host is healthy: a service, a page, a port, a PHP pool. They are the
      gate: before a patch touches the host all of them must pass, and after it they must pass again. Without
      any the gate lets the host through with a warning.
    </EmptyState>
  );
}
