import type { ReactNode } from 'react';
import classes from './note.module.css';
import { StateIcon } from './state-badge.js';

interface NoteProps {
  tone: 'plain' | 'wait' | 'bad' | 'ok';
  /** Announced at once when it appears after something the person did. */
  live?: boolean;
  children: ReactNode;
}

const iconOf = { wait: 'warning', bad: 'failed', ok: 'succeeded' } as const;

export function Note({ tone, live = false, children }: NoteProps) {
  return (
    <div className={classes.note} data-note={tone} role={live ? 'alert' : undefined}>
      {tone !== 'plain' && <StateIcon state={iconOf[tone]} />}
      <div className={classes.text}>{children}</div>
    </div>
  );
}
