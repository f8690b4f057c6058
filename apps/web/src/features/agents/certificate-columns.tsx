import { Button } from '@mantine/core';
import type { AgentCertificateView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import { useNow } from '../../lib/use-now.js';
import classes from './agents.module.css';
import { endingOf } from './certificate-ending.js';

export const certificateColumns = (
  onRevoke: (certificate: AgentCertificateView) => void,
): Column<AgentCertificateView>[] => [
  {
    key: 'host',
    head: 'Host',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: ({ host }) =>
      host === null ? (
        <span className={classes.name}>This manager</span>
      ) : (
        <Link to="/hosts/$hostId" params={{ hostId: host.id }} className={classes.name}>
          {host.fqdn}
        </Link>
      ),
  },
  {
    key: 'state',
    head: 'State',
    width: '150px',
    phone: 'state',
    cell: (certificate) => <Ending certificate={certificate} />,
  },
  {
    key: 'serial',
    head: 'Serial number',
    width: '290px',
    phone: 'note',
    cell: ({ serial }) => <code className={classes.mono}>{serial}</code>,
  },
  {
    key: 'issued',
    head: 'Issued',
    width: '130px',
    cell: ({ not_before: from }) => <RelativeTime at={from} />,
  },
  {
    key: 'ends',
    head: 'Ends',
    width: '130px',
    phone: 'end',
    phoneWord: 'ends',
    cell: ({ not_after: to }) => <RelativeTime at={to} />,
  },
  {
    key: 'actions',
    head: <span className={classes.hidden}>Actions</span>,
    width: '110px',
    align: 'end',
    phone: 'action',
    cell: (certificate) => (
      <Button
        size="xs"
        variant="danger"
        aria-label={`Revoke the certificate of ${certificate.host?.fqdn ?? 'this manager'}`}
        onClick={() => onRevoke(certificate)}
      >
        Revoke
      </Button>
    ),
  },
];

function Ending({ certificate }: { certificate: AgentCertificateView }) {
  const ending = endingOf(certificate, useNow());
  switch (ending) {
    case 'valid':
      return <StateBadge state="active" word="Valid" />;
    case 'ending':
      return <StateBadge state="warning" word="Ends soon" />;
    case 'ended':
      return <StateBadge state="expired" word="Ended" />;
  }
}
