import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  head: ReactNode;
  /** CSS width. A column without one shares what is left. */
  width?: string;
  align?: 'end';
  /** Stays in sight while the rest scrolls sideways; the value is its distance from the left edge. */
  stickyLeft?: string;
  /** The cell that names the row. */
  isRowHeader?: boolean;
  sort?: { direction: 'ascending' | 'descending' | null; onToggle: () => void };
  cell: (row: Row) => ReactNode;
  /** Where the cell stands when a row becomes a two-line card on phones; `action` takes both lines. Without a place it is left out. */
  phone?: 'select' | 'lead' | 'state' | 'note' | 'end' | 'action';
  /** Said before the cell on phones, where no head says what it is. */
  phoneWord?: string;
}

export interface MoreRows {
  hasMore: boolean;
  isLoading: boolean;
  hasFailed: boolean;
  load: () => void;
}
