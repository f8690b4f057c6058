import { Checkbox } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import type { Column } from '../../ui/data-table.types.js';
import classes from './select-column.module.css';
import type { Selection } from './use-selection.js';

export function selectColumn(rows: readonly HostView[], selection: Selection<HostView>): Column<HostView> {
  const picked = rows.filter(selection.has).length;
  const isAll = rows.length > 0 && picked === rows.length;
  return {
    key: 'select',
    width: '44px',
    stickyLeft: '0px',
    phone: 'select',
    head: (
      <Checkbox
        aria-label={`Select the ${countOf(rows.length, 'host')} loaded`}
        checked={isAll}
        indeterminate={picked > 0 && !isAll}
        onChange={() => (isAll ? selection.clear() : selection.setAll(rows))}
      />
    ),
    cell: (host) => (
      // The box is small; a finger may miss it within its column.
      <label className={classes.target}>
        <Checkbox
          aria-label={`Select ${host.fqdn}`}
          checked={selection.has(host)}
          onChange={() => selection.toggle(host)}
        />
      </label>
    ),
  };
}
