import { glyphs } from './state-glyphs.js';
import classes from './state-badge.module.css';
import { states } from './states.js';
import type { StateName } from './states.js';

interface StateBadgeProps {
  state: StateName;
  /** Replaces the state's word where the place asks for another: `Agent connected`. */
  word?: string;
  variant?: 'text' | 'pill' | 'plain';
}

/** A state is never told by colour alone: the shape, the word and the colour say the same. */
export function StateBadge({ state, word, variant = 'text' }: StateBadgeProps) {
  const look = states[state];
  return (
    <span className={classes.badge} data-tone={look.tone} data-variant={variant}>
      <StateIcon state={state} />
      <span className={classes.word}>{word ?? look.word}</span>
    </span>
  );
}

/** The shape alone, for a place where the word stands beside it. */
export function StateIcon({ state }: { state: StateName }) {
  const look = states[state];
  return (
    <svg className={classes.icon} data-tone={look.tone} viewBox="0 0 16 16" aria-hidden="true">
      {glyphs[look.glyph]}
    </svg>
  );
}
