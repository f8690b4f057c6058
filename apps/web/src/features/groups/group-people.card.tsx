import { ActionIcon, Button } from '@mantine/core';
import type { GroupView, PrincipalView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { roleWords } from '../../lib/role-words.js';
import { Card } from '../../ui/card.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { AddPersonDialog } from './add-member.dialog.js';
import { useMembership } from './groups.mutations.js';
import { groupUsersQuery } from './groups.queries.js';
import classes from './groups.module.css';

interface GroupPeopleProps {
  group: GroupView;
  mayEdit: boolean;
}

export function GroupPeople({ group, mayEdit }: GroupPeopleProps) {
  const query = useQuery(groupUsersQuery(group.id));
  const { removeUser } = useMembership(group.id);
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<PrincipalView | null>(null);
  return (
    <Card
      title="People"
      note={countOf(group.users, 'person', 'people')}
      padding="flush"
      actions={
        mayEdit && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setIsAdding(true)}
          >
            Add person
          </Button>
        )
      }
    >
      <QueryView query={query} what="the people" skeleton={<SkeletonRows rows={3} waitsFor="the people" />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="users" title="Nobody is in this group">
              Only administrators see its hosts until someone is added.
            </EmptyState>
          ) : (
            <ul className={classes.members}>
              {items.map((person) => (
                <li key={person.id}>
                  <span className={classes.member}>
                    <span className={classes.name}>{person.display_name}</span>{' '}
                    <span className={classes.quiet}>{person.username}</span>
                  </span>
                  <span className={classes.quiet}>{roleWords[person.role]}</span>
                  {mayEdit && (
                    <ActionIcon
                      size="xs"
                      aria-label={`Take ${person.username} out`}
                      onClick={() => setLeaving(person)}
                    >
                      <Icon name="x" size={14} />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {isAdding && <AddPersonDialog group={group} onClose={() => setIsAdding(false)} />}
      {leaving !== null && (
        <ConfirmDialog
          title={`Take ${leaving.username} out of ${group.name}?`}
          confirm="Take out"
          onConfirm={async () => {
            await removeUser.mutateAsync(leaving.id);
            announce(`${leaving.username} is no longer in ${group.name}.`);
          }}
          onClose={() => setLeaving(null)}
        >
          {leaving.role === 'admin'
            ? 'An administrator sees every host all the same.'
            : 'Hosts they reach only through this group will be out of their sight.'}
        </ConfirmDialog>
      )}
    </Card>
  );
}
