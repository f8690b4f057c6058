import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { splitName } from '../../lib/host-name.js';
import { formatCount } from '../../lib/counts.js';
import type { Column } from '../../ui/data-table.types.js';
import { Icon } from '../../ui/icon.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Tip } from '../../ui/tip.js';
import { agentTrouble } from './agent-words.js';
import { GroupTags } from './group-tags.js';
import { HealthCell } from './health-cell.js';
import classes from './host-columns.module.css';
import type { HostSort } from './host-search.js';
import { agentState, systemOf } from './host-words.js';

interface ColumnsOptions {
  sort: HostSort | undefined;
  onSort: (sort: HostSort | undefined) => void;
  /** Where the host column stands; a column for the selection may come before it. */
  hostLeft: string;
}

/** A dash with a name: the agent has not told yet, which is not the same as none. */
const NotKnown = () => (
  <span className={classes.quiet} title="Not known yet: no agent has reported">
    –
  </span>
);

export function hostColumns({ sort, onSort, hostLeft }: ColumnsOptions): Column<HostView>[] {
  const byName = sort === 'fqdn' ? 'ascending' : sort === '-fqdn' ? 'descending' : null;
  const byAddress = sort === 'address' ? 'ascending' : sort === '-address' ? 'descending' : null;
  const bySecurity =
    sort === '-patches_security' ? 'descending' : sort === 'patches_security' ? 'ascending' : null;
  const byHealth = sort === undefined || sort === 'health' ? 'descending' : null;
  return [
    {
      key: 'host',
      head: 'Host',
      width: '232px',
      stickyLeft: hostLeft,
      isRowHeader: true,
      phone: 'lead',
      sort: { direction: byName, onToggle: () => onSort(sort === 'fqdn' ? '-fqdn' : 'fqdn') },
      cell: (host) => <HostName host={host} />,
    },
    {
      key: 'health',
      head: 'Health, worst first',
      width: '188px',
      phone: 'state',
      sort: { direction: byHealth, onToggle: () => onSort(undefined) },
      cell: (host) => <HealthCell host={host} />,
    },
    {
      key: 'address',
      head: 'Address',
      width: '122px',
      sort: { direction: byAddress, onToggle: () => onSort(sort === 'address' ? '-address' : 'address') },
      cell: (host) => (
        <span className={classes.second} title={host.address}>
          {host.address}
        </span>
      ),
    },
    {
      key: 'agent',
      head: 'Agent',
      width: '118px',
      phone: 'end',
      phoneWord: 'agent',
      cell: (host) => <AgentCell host={host} />,
    },
    {
      key: 'system',
      head: 'System',
      width: '120px',
      cell: (host) => systemOf(host) ?? <NotKnown />,
    },
    {
      key: 'security',
      head: 'Security',
      width: '88px',
      align: 'end',
      sort: {
        direction: bySecurity,
        onToggle: () => onSort(sort === '-patches_security' ? 'patches_security' : '-patches_security'),
      },
      cell: (host) => <PatchesCell host={host} />,
    },
    { key: 'reboot', head: 'Reboot', width: '88px', cell: (host) => <RebootCell host={host} /> },
    { key: 'groups', head: 'Groups', phone: 'note', cell: (host) => <GroupTags host={host} /> },
    {
      key: 'seen',
      head: 'Seen',
      width: '92px',
      align: 'end',
      cell: (host) => <RelativeTime at={host.last_seen_at} />,
    },
  ];
}

function HostName({ host }: { host: HostView }) {
  const { short, domain } = splitName(host.fqdn);
  return (
    <Link to="/hosts/$hostId" params={{ hostId: host.id }} className={classes.name} title={host.fqdn}>
      {short}
      <span className={classes.domain}>{domain}</span>
    </Link>
  );
}

function AgentCell({ host }: { host: HostView }) {
  const state = agentState(host.agent_status);
  if (state === 'notEnrolled') return <span className={classes.quiet}>Not enrolled</span>;
  const trouble = agentTrouble(host);
  const word =
    state === 'connected' && host.agent_version !== null ? (
      host.agent_version
    ) : (
      <StateBadge state={state} variant="plain" />
    );
  return trouble === null ? word : <Tip label={trouble.what}>{word}</Tip>;
}

/** How many are about security, of how many there are. */
function PatchesCell({ host }: { host: HostView }) {
  const { patches_security: security, patches_total: total } = host;
  if (total === null) return <NotKnown />;
  if (security === null) {
    return (
      <Tip label="The agent of this host does not tell what is about security.">
        <span className={classes.quiet}>{formatCount(total)} in all</span>
      </Tip>
    );
  }
  return (
    <>
      {formatCount(security)}
      <span className={classes.quiet}> of {formatCount(total)}</span>
    </>
  );
}

function RebootCell({ host }: { host: HostView }) {
  if (host.pending_reboot === null) return <NotKnown />;
  if (!host.pending_reboot) return <span className={classes.quiet}>no</span>;
  return (
    <span>
      <Icon name="power" size={14} /> needed
    </span>
  );
}
