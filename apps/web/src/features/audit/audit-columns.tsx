import type { AuditEntryView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { actionWords, subjectOf } from '../../lib/audit-words.js';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { StateName } from '../../ui/states.js';
import classes from './audit.module.css';
import { detailLine } from './audit-details.js';

const outcomes: Record<AuditEntryView['outcome'], StateName> = {
  success: 'succeeded',
  denied: 'refused',
  failed: 'failed',
};

export const auditColumns = (onOpen: (entry: AuditEntryView) => void): Column<AuditEntryView>[] => [
  {
    key: 'action',
    head: 'What',
    width: '220px',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: (entry) => (
      <button type="button" className={classes.open} onClick={() => onOpen(entry)}>
        {actionWords(entry.action)}
      </button>
    ),
  },
  {
    key: 'outcome',
    head: 'Outcome',
    width: '124px',
    phone: 'state',
    cell: (entry) => <StateBadge state={outcomes[entry.outcome]} variant="plain" />,
  },
  {
    key: 'actor',
    head: 'Who',
    width: '150px',
    phone: 'note',
    cell: (entry) => (
      <>
        {entry.actor_id === null ? (
          entry.actor_name
        ) : (
          <Link to="/audit" search={{ actor: entry.actor_id }}>
            {entry.actor_name}
          </Link>
        )}
        <span className={classes.phoneSubject}>{subjectOf(entry.details)}</span>
      </>
    ),
  },
  {
    key: 'from',
    head: 'From',
    width: '140px',
    cell: (entry) => <span className={classes.quiet}>{entry.source_address ?? 'this server'}</span>,
  },
  {
    key: 'details',
    head: 'Details',
    cell: (entry) => <span className={classes.quiet}>{detailLine(entry.details)}</span>,
  },
  {
    key: 'at',
    head: 'When',
    width: '124px',
    align: 'end',
    phone: 'end',
    cell: (entry) => <RelativeTime at={entry.at} />,
  },
];
