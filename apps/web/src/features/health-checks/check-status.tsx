import type { HealthCheckView } from '@patchgate/contracts';
import { whatHappened, whatToLookAt } from '../../lib/check-reasons.js';
import { useNow } from '../../lib/use-now.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { states } from '../../ui/states.js';
import classes from './check-row.module.css';
import { stateOf } from './check-words.js';
import { heldFor } from './history-words.js';

interface CheckStatusProps {
  check: HealthCheckView;
}

/** The state as a word, since when it is so, when that was measured, and, where it fails, why and what to do. */
export function CheckStatus({ check }: CheckStatusProps) {
  const now = useNow();
  const { last_result: latest } = check;
  const state = stateOf(check);
  return (
    <div className={classes.status} data-tone={states[state].tone}>
      <p>
        <span className={classes.state}>{states[state].word}</span>
        {state !== 'disabled' && ` for ${heldFor(check, now)}`}
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
