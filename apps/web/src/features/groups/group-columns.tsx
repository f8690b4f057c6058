import type { GroupView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf, formatCount } from '../../lib/counts.js';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import classes from './groups.module.css';

export const groupColumns: readonly Column<GroupView>[] = [
  {
    key: 'name',
    head: 'Group',
    width: '240px',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (group) => (
      <Link to="/groups/$groupId" params={{ groupId: group.id }} className={classes.name}>
        {group.name}
      </Link>
    ),
  },
  { key: 'description', head: 'Description', phone: 'note', cell: (group) => group.description },
  {
    key: 'hosts',
    head: 'Hosts',
    width: '96px',
    align: 'end',
    phone: 'state',
    cell: (group) => (
      <Link
        to="/hosts"
        search={{ group: group.id }}
        aria-label={`${countOf(group.hosts, 'host')} of ${group.name}`}
        className={classes.name}
      >
        {formatCount(group.hosts)}
        <span className={classes.phoneWord}> {group.hosts === 1 ? 'host' : 'hosts'}</span>
      </Link>
    ),
  },
  {
    key: 'users',
    head: 'People',
    width: '96px',
    align: 'end',
    phone: 'end',
    cell: (group) => (
      <>
        {formatCount(group.users)}
        <span className={classes.phoneWord}> {group.users === 1 ? 'person' : 'people'}</span>
      </>
    ),
  },
  {
    key: 'created',
    head: 'Created',
    width: '140px',
    align: 'end',
    cell: (group) => <RelativeTime at={group.created_at} />,
  },
];
