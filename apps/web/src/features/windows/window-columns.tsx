import { VisuallyHidden } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf } from '../../lib/counts.js';
import type { Column } from '../../ui/data-table.types.js';
import { WindowStateOf } from '../../ui/window-state.js';
import { WindowMenu } from './window-menu.js';
import type { WindowAction } from './window-menu.js';
import { recurrenceWords, timeWords } from './window-words.js';
import classes from './windows.module.css';

export type OnWindowAction = (window: MaintenanceWindowView, action: WindowAction) => void;

/** @param onAction only for those who may change one */
export function windowColumns(onAction: OnWindowAction | null): Column<MaintenanceWindowView>[] {
  const columns: Column<MaintenanceWindowView>[] = [
    {
      key: 'name',
      head: 'Name',
      width: '220px',
      stickyLeft: '0px',
      isRowHeader: true,
      phone: 'lead',
      cell: (window) =>
        onAction === null ? (
          <span>{window.name}</span>
        ) : (
          <button type="button" className={classes.name} onClick={() => onAction(window, 'edit')}>
            {window.name}
          </button>
        ),
    },
    {
      key: 'kind',
      head: 'Kind',
      width: '100px',
      cell: ({ kind }) => (kind === 'blackout' ? 'Blackout' : 'Window'),
    },
    {
      key: 'scope',
      head: 'Applies to',
      phone: 'end',
      cell: (window) => (
        <span>
          <ScopeLink window={window} />{' '}
          {window.group_id !== null && <span className={classes.quiet}>{countOf(window.hosts, 'host')}</span>}
        </span>
      ),
    },
    {
      key: 'when',
      head: 'When',
      width: '280px',
      phone: 'note',
      cell: (window) => `${recurrenceWords(window.recurrence, window.starts_at)}, ${timeWords(window)}`,
    },
    { key: 'zone', head: 'Time zone', width: '160px', cell: ({ time_zone }) => time_zone },
    {
      key: 'state',
      head: 'State',
      width: '200px',
      phone: 'state',
      cell: (window) => <WindowStateOf window={window} />,
    },
  ];
  if (onAction === null) return columns;
  const actions: Column<MaintenanceWindowView> = {
    key: 'actions',
    head: <VisuallyHidden>Actions</VisuallyHidden>,
    width: '52px',
    align: 'end',
    phone: 'action',
    cell: (window) => <WindowMenu window={window} onAction={(action) => onAction(window, action)} />,
  };
  return [...columns, actions];
}

/** The group or host a window is of. */
export function ScopeLink({ window }: { window: MaintenanceWindowView }) {
  const { group_id: groupId, host_id: hostId, scope_name: name } = window;
  if (groupId !== null) {
    return (
      <Link to="/groups/$groupId" params={{ groupId }} className={classes.link}>
        {name}
      </Link>
    );
  }
  return (
    <Link to="/hosts/$hostId" params={{ hostId: hostId ?? '' }} className={classes.link}>
      {name}
    </Link>
  );
}
