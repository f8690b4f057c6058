import classes from './data-table.module.css';
import { SkeletonRows } from './skeleton.js';

interface TableSkeletonProps {
  /** As in “the list of hosts”. */
  what: string;
  rows?: number;
}

export function TableSkeleton({ what, rows = 18 }: TableSkeletonProps) {
  return (
    <section className={classes.card}>
      <SkeletonRows rows={rows} waitsFor={what} rowHeight="var(--pg-table-row-height)" />
    </section>
  );
}
