import classes from './data-table.module.css';
import type { Column } from './data-table.types.js';
import { Icon } from './icon.js';

export function TableHead<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <thead role="rowgroup" className={classes.head}>
      <tr role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <th
            key={column.key}
            role="columnheader"
            scope="col"
            className={classes.headCell}
            aria-sort={column.sort?.direction ?? undefined}
            data-align={column.align}
            data-sticky={column.stickyLeft === undefined ? undefined : ''}
            style={{
              ...(column.width !== undefined && { width: column.width }),
              ...(column.stickyLeft !== undefined && { left: column.stickyLeft }),
            }}
          >
            {column.sort === undefined ? (
              column.head
            ) : (
              <button type="button" className={classes.sort} onClick={column.sort.onToggle}>
                {column.head}
                {column.sort.direction !== null && (
                  <Icon name={column.sort.direction === 'ascending' ? 'up' : 'down'} size={14} />
                )}
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
