import { Checkbox } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import type { Column } from '../../ui/data-table.types.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { StateName } from '../../ui/states.js';
import deploy from './deploy.module.css';
import classes from './hosts.step.module.css';

interface ColumnsOptions {
  rows: readonly HostView[];
  chosen: ReadonlySet<string>;
  groupIds: readonly string[];
  set: (ids: Iterable<string>) => void;
}

const agentStates: Record<HostView['agent_status'], StateName> = {
  connected: 'connected',
  unreachable: 'unreachable',
  not_enrolled: 'notEnrolled',
  refused: 'refused',
};

export function hostChoiceColumns({ rows, chosen, groupIds, set }: ColumnsOptions): Column<HostView>[] {
  const groupOf = (host: HostView) => host.groups.find(({ id }) => groupIds.includes(id));
  const free = rows.filter((host) => groupOf(host) === undefined);
  const picked = free.filter(({ id }) => chosen.has(id)).length;
  const isAll = free.length > 0 && picked === free.length;
  const setAll = (): void => {
    const after = new Set(chosen);
    for (const { id } of free) {
      if (isAll) after.delete(id);
      else after.add(id);
    }
    set(after);
  };
  const toggle = (id: string): void => {
    const after = new Set(chosen);
    if (!after.delete(id)) after.add(id);
    set(after);
  };
  return [
    {
      key: 'select',
      width: '44px',
      phone: 'select',
      head: (
        <Checkbox
          aria-label={`Choose the ${countOf(free.length, 'host')} loaded`}
          checked={isAll}
          indeterminate={picked > 0 && !isAll}
          onChange={setAll}
        />
      ),
      cell: (host) => {
        const group = groupOf(host);
        return (
          <label className={classes.target}>
            <Checkbox
              id={`choose-${host.id}`}
              aria-label={group === undefined ? `Choose ${host.fqdn}` : `${host.fqdn}, with ${group.name}`}
              checked={group !== undefined || chosen.has(host.id)}
              disabled={group !== undefined}
              onChange={() => toggle(host.id)}
            />
          </label>
        );
      },
    },
    {
      key: 'host',
      head: 'Host',
      isRowHeader: true,
      phone: 'lead',
      // No link: who aims at a name while choosing means the box beside it, and would be led out of the order.
      cell: ({ id, fqdn }) => (
        <label htmlFor={`choose-${id}`} className={classes.name} title={fqdn}>
          {fqdn}
        </label>
      ),
    },
    {
      key: 'health',
      head: 'Health',
      width: '116px',
      phone: 'state',
      cell: ({ health_check_status: status }) => <StateBadge state={status} />,
    },
    {
      key: 'agent',
      head: 'Agent',
      width: '124px',
      phone: 'end',
      cell: ({ agent_status: status }) => <StateBadge state={agentStates[status]} variant="plain" />,
    },
    {
      key: 'patches',
      head: 'Security',
      width: '92px',
      align: 'end',
      cell: ({ patches_security: security, patches_total: total }) => <PatchCount {...{ security, total }} />,
    },
    {
      key: 'groups',
      head: 'Groups',
      width: '132px',
      phone: 'note',
      cell: (host) => {
        const group = groupOf(host);
        return group === undefined ? (
          host.groups.map(({ name }) => name).join(', ') || <span className={deploy.quiet}>none</span>
        ) : (
          <span className={deploy.quiet}>chosen with {group.name}</span>
        );
      },
    },
  ];
}

function PatchCount({ security, total }: { security: number | null; total: number | null }) {
  if (total === null) return <span className={deploy.quiet}>not known</span>;
  if (security === null) return <span className={deploy.quiet}>{formatCount(total)} in all</span>;
  return (
    <>
      {formatCount(security)}
      <span className={deploy.quiet}> of {formatCount(total)}</span>
    </>
  );
}
