import { Button } from '@mantine/core';
import type { ApiTokenView } from '@patchgate/contracts';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import classes from './account.module.css';

export const apiTokenColumns = (onRevoke: (token: ApiTokenView) => void): Column<ApiTokenView>[] => [
  {
    key: 'name',
    head: 'Name',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (token) => <span className={classes.name}>{token.name}</span>,
  },
  {
    key: 'prefix',
    head: 'Begins with',
    width: '160px',
    phone: 'note',
    cell: (token) => <code className={classes.mono}>{token.prefix}</code>,
  },
  {
    key: 'created',
    head: 'Created',
    width: '140px',
    cell: (token) => <RelativeTime at={token.created_at} />,
  },
  {
    key: 'used',
    head: 'Last used',
    width: '140px',
    cell: (token) => <RelativeTime at={token.last_used_at} />,
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
      <Button size="xs" variant="danger" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
        Revoke
      </Button>
    ),
  },
];
