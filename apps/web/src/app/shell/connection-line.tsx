import { useQuery } from '@tanstack/react-query';
import { stateOf, useConnection } from '../../lib/connection.js';
import type { ConnectionState } from '../../lib/connection.js';
import { setupStateQuery } from '../../lib/session.queries.js';
import { formatDuration } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import classes from './connection-line.module.css';

const everyMs = 30_000;
const whenLostEveryMs = 4_000;

/**
 * Whether the server answers, in words. It asks the one route that needs no session: asking one that does would keep
 * an idle session alive for ever.
 */
export function ConnectionLine() {
  const connection = useConnection();
  const now = useNow();
  useQuery({
    ...setupStateQuery,
    refetchInterval: connection.isReachable ? everyMs : whenLostEveryMs,
    retry: false,
  });
  const state = stateOf(connection, now);
  const age =
    connection.lastAnswerAtMs === null ? null : formatDuration(Math.max(0, now - connection.lastAnswerAtMs));
  return (
    <div className={classes.line} role="status" data-state={state}>
      <i className={classes.dot} aria-hidden="true" />
      <span className={classes.word}>{wordOf(state, age)}</span>
    </div>
  );
}

function wordOf(state: ConnectionState, age: string | null): string {
  const dated = age === null ? '' : `, last answer ${age} ago`;
  switch (state) {
    case 'live':
      return 'Connected';
    case 'reconnecting':
      return `Reconnecting${dated}`;
    case 'offline':
      return `Offline${dated}`;
  }
}
