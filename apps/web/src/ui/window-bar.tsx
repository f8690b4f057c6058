import type { ReactNode } from 'react';
import { percentOf } from '../lib/time-span.js';
import classes from './window-bar.module.css';

interface WindowBarProps {
  /** How much of it is over, from 0 to 1. */
  elapsed: number;
  /** Where now is; null outside. */
  now: number | null;
  /** Draws the red closing line, after which nothing starts. */
  hasEnd: boolean;
  size?: 'thin' | 'normal';
  /** What else stands on it. */
  children?: ReactNode;
}

/** A stretch of time as a bar; what it shows is said by what it stands in. */
export function WindowBar({ elapsed, now, hasEnd, size = 'normal', children }: WindowBarProps) {
  return (
    <span className={classes.bar} data-size={size}>
      <i className={classes.elapsed} style={{ width: percentOf(elapsed) }} />
      {children}
      {now !== null && <i className={classes.now} style={{ left: percentOf(now) }} />}
      {hasEnd && <i className={classes.end} />}
    </span>
  );
}
