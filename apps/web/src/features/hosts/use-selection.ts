import { useState } from 'react';

export interface Selection<Row> {
  rows: readonly Row[];
  has: (row: Row) => boolean;
  toggle: (row: Row) => void;
  setAll: (rows: readonly Row[]) => void;
  clear: () => void;
}

/** Rows picked by id. They stay picked when a filter hides them, because the bar counts and names them. */
export function useSelection<Row extends { id: string }>(): Selection<Row> {
  const [picked, setPicked] = useState<ReadonlyMap<string, Row>>(new Map());
  return {
    rows: [...picked.values()],
    has: (row) => picked.has(row.id),
    toggle: (row) =>
      setPicked((before) => {
        const after = new Map(before);
        if (!after.delete(row.id)) after.set(row.id, row);
        return after;
      }),
    setAll: (rows) => setPicked(new Map(rows.map((row) => [row.id, row]))),
    clear: () => setPicked(new Map()),
  };
}
