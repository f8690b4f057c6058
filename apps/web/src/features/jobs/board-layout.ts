import type { JobBoardView } from '@patchgate/contracts';
import { stateGroups } from './state-groups.js';
import type { StateGroup } from './state-groups.js';

export type Cell = JobBoardView['cells'][number];

export interface BatchLine {
  batch: number;
  /** `Canary`, `Batch 3` */
  name: string;
  cells: readonly Cell[];
  /** How many are in each state that occurs. */
  groups: readonly { group: StateGroup; count: number }[];
  startedAt: string | null;
  /** When it may begin, of one that has not. */
  expectedAt: string | null;
}

/** A line a batch, in the order of the roll-out. */
export function boardLines({ cells, batches }: Pick<JobBoardView, 'cells' | 'batches'>): BatchLine[] {
  const times = new Map(batches.map((times) => [times.batch, times]));
  const byBatch = Map.groupBy(cells, ({ batch }) => batch);
  return [...byBatch]
    .sort(([one], [other]) => one - other)
    .map(([batch, inBatch]) => ({
      batch,
      name: batch === 0 ? 'Canary' : `Batch ${batch}`,
      cells: inBatch,
      groups: groupsOf(inBatch),
      startedAt: times.get(batch)?.started_at ?? null,
      expectedAt: times.get(batch)?.expected_at ?? null,
    }));
}

/** How many are in each state that occurs, in the order of states. */
export const groupsOf = (cells: readonly Cell[]): BatchLine['groups'] =>
  stateGroups
    .map((group) => ({ group, count: cells.filter(({ status }) => group.statuses.includes(status)).length }))
    .filter(({ count }) => count > 0);

export type CellSize = 'glyph' | 'small' | 'bar';

/** How much room a host has in the picture: a cell with its glyph, a cell without, or a share of a bar. */
export function cellSizeOf(hosts: number): CellSize {
  if (hosts <= 300) return 'glyph';
  return hosts <= 2_000 ? 'small' : 'bar';
}

/** `20 succeeded, 3 waiting for health` */
export const groupWords = (groups: BatchLine['groups']): string =>
  groups.map(({ group, count }) => `${count} ${group.word.toLowerCase()}`).join(', ');

/** Which cell a key leads to from another; null for a key that leads nowhere. Left and right go on into the next batch. */
export function cellAfterKey(lines: readonly BatchLine[], from: string, key: string): string | null {
  const all = lines.flatMap(({ cells }) => cells);
  const index = all.findIndex(({ run_id: runId }) => runId === from);
  const row = lines.findIndex(({ cells }) => cells.some(({ run_id: runId }) => runId === from));
  const line = lines[row];
  if (line === undefined) return null;
  const column = line.cells.findIndex(({ run_id: runId }) => runId === from);
  const target = {
    ArrowRight: () => all[index + 1],
    ArrowLeft: () => all[index - 1],
    ArrowDown: () => inRow(lines[row + 1], column),
    ArrowUp: () => inRow(lines[row - 1], column),
    Home: () => line.cells[0],
    End: () => line.cells.at(-1),
  }[key];
  return target?.()?.run_id ?? null;
}

const inRow = (line: BatchLine | undefined, column: number): Cell | undefined =>
  line?.cells[Math.min(column, line.cells.length - 1)];
