import type { UserView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { roleWords } from '../../lib/role-words.js';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { UserAction } from './user-dialog.js';
import { UserMenu } from './user-menu.js';
import classes from './users.module.css';

interface UserColumnsOptions {
  /** The reader's own id: nobody is offered to lock themselves out. */
  ownId: string;
  onAction: (user: UserView, action: UserAction) => void;
}

export const userColumns = ({ ownId, onAction }: UserColumnsOptions): Column<UserView>[] => [
  {
    key: 'name',
    head: 'Name',
    width: '260px',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (user) => (
      <>
        <span className={classes.name}>{user.display_name}</span>{' '}
        <span className={classes.quiet}>{user.id === ownId ? `${user.username}, you` : user.username}</span>
      </>
    ),
  },
  {
    key: 'role',
    head: 'Role',
    width: '132px',
    phone: 'note',
    cell: (user) => roleWords[user.role],
  },
  {
    key: 'state',
    head: 'State',
    width: '120px',
    phone: 'state',
    cell: (user) => <StateBadge state={user.disabled_at === null ? 'active' : 'disabled'} variant="plain" />,
  },
  {
    key: 'groups',
    head: 'Groups',
    cell: (user) => <UserGroups user={user} />,
  },
  {
    key: 'login',
    head: 'Last sign-in',
    width: '132px',
    align: 'end',
    phone: 'end',
    phoneWord: 'signed in',
    cell: (user) => <RelativeTime at={user.last_login_at} />,
  },
  {
    key: 'actions',
    head: <span className={classes.hidden}>Actions</span>,
    width: '64px',
    align: 'end',
    phone: 'action',
    cell: (user) => (
      <UserMenu user={user} isSelf={user.id === ownId} onAction={(action) => onAction(user, action)} />
    ),
  },
];

function UserGroups({ user }: { user: UserView }) {
  if (user.role === 'admin' && user.groups.length === 0)
    return <span className={classes.quiet}>sees every host</span>;
  if (user.groups.length === 0) return <span className={classes.quiet}>none: sees no host</span>;
  return user.groups.map((group, index) => (
    <span key={group.id}>
      {index > 0 && ', '}
      <Link to="/groups/$groupId" params={{ groupId: group.id }}>
        {group.name}
      </Link>
    </span>
  ));
}
