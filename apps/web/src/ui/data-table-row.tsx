import { memo } from 'react';
import classes from './data-table.module.css';
import type { Column } from './data-table.types.js';

interface TableRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  isMarked: boolean;
}

function PlainTableRow<Row>({ row, index, columns, isMarked }: TableRowProps<Row>) {
  return (
    // The explicit roles keep it a table where phones draw the rows as cards.
    <tr
      role="row"
      className={classes.row}
      data-index={index}
      data-marked={isMarked || undefined}
      aria-rowindex={index + 2}
    >
      {columns.map((column) => {
        const Cell = column.isRowHeader === true ? 'th' : 'td';
        return (
          <Cell
            key={column.key}
            role={column.isRowHeader === true ? 'rowheader' : 'cell'}
            className={classes.cell}
            data-align={column.align}
            data-phone={column.phone ?? 'hidden'}
            data-phone-word={column.phoneWord}
            data-sticky={column.stickyLeft === undefined ? undefined : ''}
            style={column.stickyLeft === undefined ? undefined : { left: column.stickyLeft }}
          >
            {column.cell(row)}
          </Cell>
        );
      })}
    </tr>
  );
}

// Scrolling draws the visible rows anew at every step; those that stayed must not pay for it.
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow;
