import { ActionIcon, Button } from '@mantine/core';
import type { GroupView, HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { countOf, formatCount } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { Card } from '../../ui/card.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { AddHostDialog } from './add-member.dialog.js';
import { useMembership } from './groups.mutations.js';
import { groupHostsQuery } from './groups.queries.js';
import classes from './groups.module.css';

interface GroupHostsProps {
  group: GroupView;
  mayEdit: boolean;
}

export function GroupHosts({ group, mayEdit }: GroupHostsProps) {
  const query = useQuery(groupHostsQuery(group.id));
  const { removeHost } = useMembership(group.id);
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<HostView | null>(null);
  return (
    <Card
      title="Hosts"
      note={countOf(group.hosts, 'host')}
      padding="flush"
      actions={
        mayEdit && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setIsAdding(true)}
          >
            Add host
          </Button>
        )
      }
    >
      <QueryView query={query} what="the hosts" skeleton={<SkeletonRows rows={5} waitsFor="the hosts" />}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState icon="hosts" title="No host is in this group">
              Add single hosts here, or many at once from the selection in the list of hosts.
            </EmptyState>
          ) : (
            <>
              <HostRows hosts={items} {...(mayEdit && { onRemove: setLeaving })} />
              {total > items.length && (
                <p className={classes.more}>
                  <Link to="/hosts" search={{ group: group.id }} className={classes.link}>
                    All {formatCount(total)} hosts
                  </Link>
                </p>
              )}
            </>
          )
        }
      </QueryView>
      {isAdding && <AddHostDialog group={group} onClose={() => setIsAdding(false)} />}
      {leaving !== null && (
        <ConfirmDialog
          title={`Take ${leaving.fqdn} out of ${group.name}?`}
          confirm="Take out"
          onConfirm={async () => {
            await removeHost.mutateAsync(leaving.id);
            announce(`${leaving.fqdn} is no longer in ${group.name}.`);
          }}
          onClose={() => setLeaving(null)}
        >
          The host stays. People who reach it only through this group will not see it any more.
        </ConfirmDialog>
      )}
    </Card>
  );
}

function HostRows({ hosts, onRemove }: { hosts: readonly HostView[]; onRemove?: (host: HostView) => void }) {
  return (
    <ul className={classes.members}>
      {hosts.map((host) => (
        <li key={host.id}>
          <Link to="/hosts/$hostId" params={{ hostId: host.id }} className={classes.member}>
            <span className={classes.name}>{host.fqdn}</span>
          </Link>
          <StateBadge state={host.health_check_status} />
          {onRemove && (
            <ActionIcon size="xs" aria-label={`Take ${host.fqdn} out`} onClick={() => onRemove(host)}>
              <Icon name="x" size={14} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
}
