import { Button } from '@mantine/core';
import type { EnrollmentTokenView } from '@patchgate/contracts';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import classes from './agents.module.css';

const makerOf = ({ created_by: maker }: EnrollmentTokenView): string => maker ?? 'the console';

export const tokenColumns = (
  onRevoke: (token: EnrollmentTokenView) => void,
): Column<EnrollmentTokenView>[] => [
  {
    key: 'maker',
    head: 'Made by',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (token) => <span className={classes.name}>{makerOf(token)}</span>,
  },
  {
    key: 'group',
    head: 'For',
    phone: 'note',
    cell: ({ group }) => group?.name ?? <span className={classes.quiet}>no group</span>,
  },
  {
    key: 'created',
    head: 'Created',
    width: '140px',
    cell: (token) => <RelativeTime at={token.created_at} />,
  },
  {
    key: 'expires',
    head: 'Expires',
    width: '140px',
    phone: 'end',
    phoneWord: 'expires',
    cell: (token) => <RelativeTime at={token.expires_at} />,
  },
  {
    key: 'actions',
    head: <span className={classes.hidden}>Actions</span>,
    width: '110px',
    align: 'end',
    phone: 'action',
    cell: (token) => (
      <Button
        size="xs"
        variant="danger"
        aria-label={`Revoke the token of ${makerOf(token)}`}
        onClick={() => onRevoke(token)}
      >
        Revoke
      </Button>
    ),
  },
];
