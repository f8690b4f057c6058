import type { ReactNode } from 'react';
import type { Glyph } from './state-glyphs.js';
import classes from './state-mark.module.css';
import { states } from './states.js';
import type { StateName } from './states.js';

// The same shapes as the icons without their frame, which the square around them takes the place of.
const marks: Record<Glyph, ReactNode> = {
  ok: <path d="m3 8.5 3.4 3.4L13 4.6" strokeWidth="2.4" />,
  bad: <path d="m3.5 3.5 9 9m0-9-9 9" strokeWidth="2.4" />,
  partly: <path d="m3.5 3.5 9 9m0-9-9 9" strokeWidth="2.4" />,
  unknown: <path d="M5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.4M8 12.8v.01" strokeWidth="2" />,
  unsure: <path d="M5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.4M8 12.8v.01" strokeWidth="2" />,
  none: <path d="M3 8h10" strokeWidth="2.4" />,
  wait: <path d="M3.5 2h9v1.6L9.3 8l3.2 4.4V14h-9v-1.6L6.7 8 3.5 3.6z" fill="currentColor" stroke="none" />,
  run: <path d="M4.5 2.5v11L13 8z" fill="currentColor" stroke="none" />,
  queued: null,
  skip: <path d="m3 13 10-10" strokeWidth="2" />,
  error: <path d="M8 2.5v6.5M8 13v.01" strokeWidth="2.6" />,
  warn: <path d="M8 2.5v6.5M8 13v.01" strokeWidth="2.6" />,
  pause: <path d="M5.5 3v10M10.5 3v10" strokeWidth="2.6" />,
};

interface StateMarkProps {
  state: StateName;
  /** Without the shape, where the mark is too small for one; words stand elsewhere for all of them. */
  isBare?: boolean;
}

/** A state as a small square, for pictures of many. Its word is said by what it stands in. */
export function StateMark({ state, isBare = false }: StateMarkProps) {
  const { tone, glyph } = states[state];
  return (
    <span className={classes.mark} data-tone={tone} data-glyph={glyph} aria-hidden="true">
      {!isBare && marks[glyph] !== null && <svg viewBox="0 0 16 16">{marks[glyph]}</svg>}
    </span>
  );
}
