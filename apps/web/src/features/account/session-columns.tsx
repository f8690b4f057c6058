import { Button } from '@mantine/core';
import type { SessionView } from '@patchgate/contracts';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import { browserOf } from './browser-words.js';
import classes from './account.module.css';

export const sessionColumns = (onEnd: (session: SessionView) => void): Column<SessionView>[] => [
  {
    key: 'browser',
    head: 'Browser',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (session) => (
      <span className={classes.name} title={session.user_agent}>
        {browserOf(session.user_agent)}
      </span>
    ),
  },
  { key: 'address', head: 'From', width: '160px', phone: 'note', cell: (session) => session.source_address },
  {
    key: 'created',
    head: 'Signed in',
    width: '140px',
    cell: (session) => <RelativeTime at={session.created_at} />,
  },
  {
    key: 'used',
    head: 'Last used',
    width: '140px',
    phone: 'end',
    phoneWord: 'used',
    cell: (session) => <RelativeTime at={session.last_used_at} />,
  },
  {
    key: 'expires',
    head: 'Ends',
    width: '140px',
    cell: (session) => <RelativeTime at={session.expires_at} />,
  },
  {
    key: 'actions',
    head: <span className={classes.hidden}>Actions</span>,
    width: '140px',
    align: 'end',
    phone: 'action',
    cell: (session) =>
      session.current ? (
        <StateBadge state="active" word="This one" variant="plain" />
      ) : (
        <Button
          size="xs"
          variant="default"
          aria-label={`End the session from ${session.source_address}`}
          onClick={() => onEnd(session)}
        >
          End
        </Button>
      ),
  },
];
