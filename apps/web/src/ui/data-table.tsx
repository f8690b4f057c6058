import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import { countOf, formatCount } from '../lib/counts.js';
import { TableHead } from './data-table-head.js';
import { TableRow } from './data-table-row.js';
import classes from './data-table.module.css';
import type { Column, MoreRows } from './data-table.types.js';
import { useTableScroll } from './use-table-scroll.js';

const fetchAheadRows = 60;

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** How many rows there are in truth, fetched or not. */
  total: number;
  more?: MoreRows;
  isMarked?: (row: Row) => boolean;
  /** Below this width the table scrolls sideways under its sticky columns. */
  minWidth?: string;
  /** Nothing in it takes the focus, so its frame does: a keyboard must be able to scroll it. */
  isReadOnly?: boolean;
}

/** A table of any length: only the rows in sight are drawn, and the next page is fetched before its end is reached. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, total, more, isMarked, minWidth, isReadOnly = false } = props;
  const { frame, virtualizer, before, after } = useTableScroll(rows.length);
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;

  const isEndNear = lastDrawn >= rows.length - fetchAheadRows;
  const mayLoad = more?.hasMore === true && !more.isLoading && !more.hasFailed;
  const load = more?.load;
  useEffect(() => {
    if (isEndNear && mayLoad) load?.();
  }, [isEndNear, mayLoad, load]);

  const moveByArrow = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (step === undefined || from === null) return;
    const next = Number(from.dataset.index) + step;
    if (next < 0 || next >= rows.length) return;
    event.preventDefault();
    virtualizer.scrollToIndex(next);
    frame.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus({ preventScroll: true });
  };

  return (
    <section className={classes.card} aria-label={label}>
      <div className={classes.frame} ref={frame} {...(isReadOnly && { tabIndex: 0 })}>
        <table
          role="table"
          className={classes.table}
          aria-label={label}
          aria-rowcount={total + 1}
          style={{ minWidth }}
        >
          <TableHead columns={columns} />
          <tbody role="rowgroup" onKeyDown={moveByArrow}>
            <Gap height={before} />
            {drawn.map(({ index }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <TableRow
                  key={rowKey(row)}
                  row={row}
                  index={index}
                  columns={columns}
                  isMarked={isMarked?.(row) ?? false}
                />
              );
            })}
            <Gap height={after} />
          </tbody>
        </table>
      </div>
      <footer className={classes.foot}>
        <span>{rangeOf(virtualizer.range, total)}</span>
        {more?.hasFailed === true && (
          <Button size="xs" variant="default" onClick={more.load}>
            Could not load more rows. Retry
          </Button>
        )}
      </footer>
    </section>
  );
}

const Gap = ({ height }: { height: number }) =>
  height > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ height }} /> : null;

function rangeOf(range: { startIndex: number; endIndex: number } | null, total: number): string {
  if (range === null || range.endIndex - range.startIndex + 1 >= total) return countOf(total, 'row');
  return `Rows ${formatCount(range.startIndex + 1)} to ${formatCount(range.endIndex + 1)} of ${formatCount(total)}`;
}
