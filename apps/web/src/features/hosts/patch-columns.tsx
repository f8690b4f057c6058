import type { HostPatchView } from '@patchgate/contracts';
import type { Column } from '../../ui/data-table.types.js';
import { Icon } from '../../ui/icon.js';
import { Tip } from '../../ui/tip.js';
import classes from './host-columns.module.css';

const notTold =
  'This agent does not tell what is about security; what it calls severe it guesses from the name.';

const quiet = (text: string) => <span className={classes.quiet}>{text}</span>;

export const patchColumns: Column<HostPatchView>[] = [
  {
    key: 'name',
    head: 'Package',
    isRowHeader: true,
    phone: 'lead',
    cell: ({ name }) => (
      <span className={classes.name} title={name}>
        {name}
      </span>
    ),
  },
  {
    key: 'current',
    head: 'Installed',
    width: '132px',
    cell: ({ current_version: version }) =>
      version === null ? quiet('not told') : <span title={version}>{version}</span>,
  },
  {
    key: 'available',
    head: 'Available',
    width: '132px',
    phone: 'note',
    cell: ({ available_version: version }) =>
      version === null ? quiet('not told') : <span title={version}>{version}</span>,
  },
  {
    key: 'security',
    head: 'Security',
    width: '92px',
    phone: 'state',
    cell: ({ security }) => {
      if (security === null) return <Tip label={notTold}>{quiet('not told')}</Tip>;
      if (!security) return quiet('no');
      return (
        <span>
          <Icon name="shield" size={14} /> security
        </span>
      );
    },
  },
  {
    key: 'severity',
    head: 'Severity',
    width: '80px',
    cell: ({ severity, security }) => {
      if (severity === null || severity === 'unknown') return quiet('not told');
      return security === null ? <Tip label={notTold}>{quiet(`${severity}?`)}</Tip> : severity;
    },
  },
  {
    key: 'reboot',
    head: 'Reboot',
    width: '76px',
    phone: 'end',
    cell: ({ requires_reboot: needed }) => {
      if (needed === null) return quiet('not told');
      if (!needed) return quiet('no');
      return (
        <span>
          <Icon name="power" size={14} /> needed
        </span>
      );
    },
  },
];
