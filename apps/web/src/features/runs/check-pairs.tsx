import type { RunDetailView } from '@patchgate/contracts';
import { whatHappened } from '../../lib/check-reasons.js';
import { formatClockSeconds, formatLatency, viewerZone } from '../../lib/times.js';
import { attemptStates } from '../../ui/run-states.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './changes.module.css';

type Side = RunDetailView['checks'][number]['before'];

/** The checks of the attempt that opened the gate beside those of the verification. */
export function CheckPairs({ run: { checks, ended_at: ended } }: { run: RunDetailView }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Before{atOf(checks.map(({ before }) => before))}</th>
          <th scope="col">After{atOf(checks.map(({ after }) => after))}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ check_id: id, name, before, after }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <Result check={before} none="not asked" />
            </td>
            <td>
              <Result check={after} none={ended === null ? 'not yet' : 'not asked'} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The latest instant of one side, as its head says it: `, 02:24:05`. */
function atOf(checks: readonly Side[]): string {
  const times = checks.flatMap((check) => (check === null ? [] : Date.parse(check.checked_at)));
  return times.length === 0 ? '' : `, ${formatClockSeconds(Math.max(...times), viewerZone())}`;
}

function Result({ check, none }: { check: Side; none: string }) {
  if (check === null) return <span className={classes.quiet}>{none}</span>;
  return (
    <>
      <StateBadge state={attemptStates[check.verdict]} />{' '}
      {check.latency_ms > 0 && <span className={classes.quiet}>{formatLatency(check.latency_ms)}</span>}
      {check.verdict !== 'pass' && (
        <span className={classes.detail} data-verdict={check.verdict}>
          {whatHappened(check)}
        </span>
      )}
    </>
  );
}
