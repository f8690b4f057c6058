import { Button } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useAllows } from '../../lib/principal.js';
import { Icon } from '../../ui/icon.js';
import { reasonOf } from '../../ui/error-state.js';
import { useRefreshHost } from './hosts.mutations.js';

/** Has the agent asked now. It shows that this is under way for as long as the server says so, whoever asked. */
export function RefreshButton({ host }: { host: HostView }) {
  const mayAsk = useAllows('operator');
  const refresh = useRefreshHost(host.id);
  if (!mayAsk || host.agent_status === 'not_enrolled') return null;
  const isAsking = host.is_refreshing || refresh.isPending;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon name="refresh" size={14} />}
      // Not disabled, which would take the focus away from whoever has just pressed it.
      aria-disabled={isAsking}
      onClick={() => {
        if (isAsking) return;
        refresh.mutate(undefined, { onError: (error) => announce(reasonOf(error)) });
      }}
    >
      {isAsking ? 'Asking the agent…' : 'Refresh'}
    </Button>
  );
}
