import { ActionIcon, Button } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { announce } from '../../lib/notices.js';
import { Card } from '../../ui/card.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Icon } from '../../ui/icon.js';
import { AddToGroupDialog } from './add-to-group.dialog.js';
import { useLeaveGroup } from './hosts.mutations.js';
import classes from './host.module.css';

interface HostGroupsProps {
  host: HostView;
  mayEdit: boolean;
}

export function HostGroups({ host, mayEdit }: HostGroupsProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  const leave = useLeaveGroup(host.id);
  return (
    <Card title="Groups" note={host.groups.length}>
      {host.groups.length === 0 && (
        <p className={classes.quiet}>In no group: only administrators see this host.</p>
      )}
      <ul className={classes.groups}>
        {host.groups.map((group) => (
          <li key={group.id}>
            <Link to="/groups/$groupId" params={{ groupId: group.id }} className={classes.link}>
              {group.name}
            </Link>
            {mayEdit && (
              <ActionIcon
                size="xs"
                aria-label={`Take out of ${group.name}`}
                onClick={() => setLeaving(group)}
              >
                <Icon name="x" size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button size="xs" variant="default" onClick={() => setIsAdding(true)}>
          Add to a group
        </Button>
      )}
      {isAdding && (
        <AddToGroupDialog
          hosts={[host]}
          onDone={() => setIsAdding(false)}
          onClose={() => setIsAdding(false)}
        />
      )}
      {leaving !== null && (
        <ConfirmDialog
          title={`Take ${host.fqdn} out of ${leaving.name}?`}
          confirm="Take out"
          onConfirm={async () => {
            await leave.mutateAsync(leaving.id);
            announce(`${host.fqdn} is no longer in ${leaving.name}.`);
          }}
          onClose={() => setLeaving(null)}
        >
          People who reach this host only through {leaving.name} will not see it any more.
        </ConfirmDialog>
      )}
    </Card>
  );
}
