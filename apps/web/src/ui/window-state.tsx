import type { MaintenanceWindowView } from '@patchgate/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../lib/times.js';
import { useNow } from '../lib/use-now.js';
import { stateOf } from '../lib/window-state.js';
import { RelativeTime } from './relative-time.js';
import { StateBadge } from './state-badge.js';
import { Tip } from './tip.js';
import classes from './window-state.module.css';

/** A word about a window that stands out of the line. */
export const WindowTag = ({ look, children }: { look?: 'open' | 'blackout'; children: ReactNode }) => (
  <span className={classes.tag} data-look={look}>
    {children}
  </span>
);

/** What a window is now and what it will be next, in words. */
export function WindowStateOf({ window }: { window: MaintenanceWindowView }) {
  const nowMs = useNow();
  const state = stateOf(window, nowMs);
  const isBlackout = window.kind === 'blackout';
  switch (state.kind) {
    case 'fault':
      return (
        <Tip label={window.fault}>
          <StateBadge
            state="warning"
            word={isBlackout ? 'Cannot be read: holds for ever' : 'Cannot be read: never opens'}
          />
        </Tip>
      );
    case 'disabled':
      return <StateBadge state="disabled" />;
    case 'over':
      return <span className={classes.quiet}>Over</span>;
    case 'open':
      return (
        <span className={classes.nowrap}>
          <WindowTag look={isBlackout ? 'blackout' : 'open'}>{isBlackout ? 'In force' : 'Open'}</WindowTag>{' '}
          {formatDuration(Date.parse(state.occurrence.closes_at) - nowMs)} left
        </span>
      );
    case 'planned':
      return (
        <span className={classes.nowrap}>
          {isBlackout ? 'begins' : 'opens'} <RelativeTime at={state.occurrence.opens_at} />
        </span>
      );
  }
}
