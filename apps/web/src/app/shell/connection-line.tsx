import { stateOf, useConnection } from '../../lib/connection.js';
import type { ConnectionState } from '../../lib/connection.js';
import { formatDuration } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import classes from './connection-line.module.css';

/** Whether what is shown is kept true, in words and with the time since when it may not be. */
export function ConnectionLine() {
  const connection = useConnection();
  const now = useNow();
  const state = stateOf(connection, now);
  const age = connection.lostAtMs === null ? null : formatDuration(Math.max(0, now - connection.lostAtMs));
  return (
    <div className={classes.line} role="status" data-state={state}>
      <i className={classes.dot} aria-hidden="true" />
      <span className={classes.word}>
        {age === null ? 'Connected' : 'Live updates lost'}
        {/* Hidden, or a reader would be told every few seconds. */}
        {age !== null && <span aria-hidden="true"> {age} ago</span>}
        {sequelOf(state)}
      </span>
    </div>
  );
}

function sequelOf(state: ConnectionState): string {
  switch (state) {
    case 'live':
      return '';
    case 'reconnecting':
      return ', reconnecting';
    case 'offline':
      return ', still trying';
  }
}
