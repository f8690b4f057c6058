import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.js';
import classes from './filter-chip.module.css';

/** A filter that holds, with the cross that takes it away. */
export function FilterChip({ onRemove, children }: { onRemove: () => void; children: ReactNode }) {
  return (
    <span className={classes.chip}>
      {children}
      <button type="button" aria-label="Remove this filter" onClick={onRemove}>
        <Icon name="x" size={14} />
      </button>
    </span>
  );
}
