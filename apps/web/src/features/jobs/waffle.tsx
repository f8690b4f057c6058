import { VisuallyHidden } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent, SyntheticEvent } from 'react';
import { StateIcon } from '../../ui/state-badge.js';
import { StateMark } from '../../ui/state-mark.js';
import { runStates } from '../../ui/run-states.js';
import { states } from '../../ui/states.js';
import { cellAfterKey, groupsOf, groupWords } from './board-layout.js';
import type { BatchLine, Cell, CellSize } from './board-layout.js';
import { BatchNote } from './batch-note.js';
import classes from './waffle.module.css';

interface WaffleProps {
  lines: readonly BatchLine[];
  size: Exclude<CellSize, 'bar'>;
  openRun: string | undefined;
  onOpen: (runId: string) => void;
}

const runOf = ({ target }: SyntheticEvent): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-run]')?.dataset.run : undefined;

/**
 * The roll-out as a picture: a line a batch, a cell a host. One tab stop; arrow keys move, Enter opens the run. The table
 * of hosts says the same in words.
 */
export function Waffle({ lines, size, openRun, onOpen }: WaffleProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const [stop, setStop] = useState<string | null>(null);
  const cells = lines.flatMap((line) => line.cells);
  const isThere = (runId: string | null | undefined): boolean => cells.some(({ run_id: id }) => id === runId);
  const tabStop = isThere(stop) ? stop : isThere(openRun) ? openRun : cells[0]?.run_id;
  const shown = cells.find(({ run_id: runId }) => runId === pointed);

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = runOf(event);
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(from);
      return;
    }
    const next = cellAfterKey(lines, from, event.key);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    grid.current?.querySelector<HTMLElement>(`[data-run="${next}"]`)?.focus();
  };

  return (
    <div>
      <div
        ref={grid}
        className={classes.waffle}
        data-size={size}
        role="grid"
        aria-label={`Hosts by batch: ${groupWords(groupsOf(cells))}`}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const run = runOf(event);
          if (run !== undefined) onOpen(run);
        }}
        onFocus={(event) => {
          const run = runOf(event);
          setPointed(run ?? null);
          if (run !== undefined) setStop(run);
        }}
        onBlur={() => setPointed(null)}
        onPointerOver={(event) => setPointed(runOf(event) ?? null)}
        onPointerLeave={() => setPointed(null)}
      >
        {lines.map((line) => (
          <div key={line.batch} className={classes.line} role="row">
            <span className={classes.name} role="rowheader">
              {line.name}
            </span>
            <span className={classes.cells} role="presentation">
              {line.cells.map((cell) => (
                <HostCell
                  key={cell.run_id}
                  cell={cell}
                  isBare={size === 'small'}
                  isStop={cell.run_id === tabStop}
                  isOpen={cell.run_id === openRun}
                />
              ))}
            </span>
            <span className={classes.note} role="gridcell">
              <BatchNote line={line} />
            </span>
          </div>
        ))}
      </div>
      <div className={classes.legend}>
        {/* What is pointed at takes the place of the legend, so that nothing jumps. */}
        {shown === undefined ? <Legend cells={cells} /> : <CellWords cell={shown} />}
      </div>
    </div>
  );
}

interface HostCellProps {
  cell: Cell;
  isBare: boolean;
  isStop: boolean;
  isOpen: boolean;
}

function HostCell({ cell, isBare, isStop, isOpen }: HostCellProps) {
  const state = runStates[cell.status];
  return (
    <span
      role="gridcell"
      className={classes.cell}
      tabIndex={isStop ? 0 : -1}
      data-run={cell.run_id}
      aria-selected={isOpen}
      aria-label={`${cell.fqdn}: ${states[state].word}`}
    >
      <StateMark state={state} isBare={isBare} />
    </span>
  );
}

function CellWords({ cell }: { cell: Cell }) {
  const state = runStates[cell.status];
  return (
    <span className={classes.key}>
      <StateIcon state={state} />
      <b>{cell.fqdn}</b> {states[state].word}
    </span>
  );
}

function Legend({ cells }: { cells: readonly Cell[] }) {
  return (
    <>
      <VisuallyHidden>What the cells mean:</VisuallyHidden>
      {groupsOf(cells).map(({ group }) => (
        <span key={group.filter} className={classes.key}>
          <StateMark state={group.state} /> {group.word}
        </span>
      ))}
    </>
  );
}
