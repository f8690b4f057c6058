import type { HealthCheckView } from '@patchgate/contracts';
import { whatHappened, whatToLookAt } from '../../lib/check-reasons.js';
import { useNow } from '../../lib/use-now.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { states } from '../../ui/states.js';
import classes from './check-row.module.css';
import { stateOf } from './check-words.js';
import type { StoredResult } from './history-buckets.js';
import { heldFor, withLatest } from './history-words.js';

interface CheckStatusProps {
  check: HealthCheckView;
  /** Undefined until the history is there. */
  results: readonly StoredResult[] | undefined;
}

/** The state as a word, since when it is so, when that was measured, and, where it fails, why and what to do. */
export function CheckStatus({ check, results }: CheckStatusProps) {
  const now = useNow();
  const { last_result: latest } = check;
  const state = stateOf(check);
  const held =
    check.enabled && results !== undefined ? heldFor(check, withLatest(results, latest), now) : null;
  return (
    <div className={classes.status} data-tone={states[state].tone}>
      <p>
        <span className={classes.state}>{states[state].word}</span>
        {held !== null && ` for ${held}`}
        <span className={classes.quiet}>
          {state === 'disabled' && ', neither polled nor asked by the gate'}
          {state === 'unknown' && (latest === null ? ', no result yet' : ', no result that counts now')}
          {latest !== null && (
            <>
              , measured <RelativeTime at={latest.checked_at} />
              {latest.healthy && latest.detail !== '' && state !== 'disabled' && `: ${latest.detail}`}
            </>
          )}
        </span>
      </p>
      {latest !== null && !latest.healthy && state !== 'disabled' && (
        <p className={classes.reason} data-failing={state === 'unhealthy' || undefined}>
          {whatHappened(latest)}
        </p>
      )}
      {latest !== null && state === 'unhealthy' && (
        <p className={classes.quiet}>{whatToLookAt(latest.reason)}</p>
      )}
    </div>
  );
}
