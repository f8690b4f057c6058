import type { ReactNode } from 'react';
import classes from './filter-bar.module.css';

export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.bar} role="search" aria-label={label}>
      {children}
    </div>
  );
}
