import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from './skeleton.module.css';

const patienceMs = 10_000;

interface SkeletonRowsProps {
  rows: number;
  /** What is being fetched, as in “Waiting for the list of hosts”. */
  waitsFor: string;
  /** CSS height of one row; the final row's, so that nothing jumps. */
  rowHeight?: string;
}

/** The frame of a list at its final size. After ten seconds it says what it waits for; it never spins. */
export function SkeletonRows({ rows, waitsFor, rowHeight = 'var(--pg-row-height)' }: SkeletonRowsProps) {
  return (
    <div className={classes.rows} aria-busy="true">
      <WaitNotice waitsFor={waitsFor} />
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row} style={{ height: rowHeight }} aria-hidden="true">
          <span className={classes.bar} style={{ width: `${18 + ((index * 7) % 11)}%` }} />
          <span className={classes.bar} style={{ width: `${10 + ((index * 5) % 7)}%` }} />
          <span className={classes.bar} style={{ width: `${14 + ((index * 3) % 9)}%` }} />
        </div>
      ))}
    </div>
  );
}

export function SkeletonBar({ width }: { width: string }) {
  return (
    <span className={classes.line} style={{ width }} aria-hidden="true">
      <span className={classes.bar} />
    </span>
  );
}

function WaitNotice({ waitsFor }: { waitsFor: string }) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsLate(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {isLate ? (
        <p className={classes.late}>Still waiting for {waitsFor}. The server has not answered yet.</p>
      ) : (
        <VisuallyHidden>Loading {waitsFor}</VisuallyHidden>
      )}
    </div>
  );
}
