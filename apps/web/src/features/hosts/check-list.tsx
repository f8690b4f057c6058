import type { HealthCheckView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { inShort } from '../../lib/check-reasons.js';
import { hostChecksQuery } from '../../lib/host-checks.queries.js';
import { formatLatency } from '../../lib/times.js';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import classes from './check-list.module.css';

interface CheckListProps {
  hostId: string;
  /** What is known before they are fetched: `3 of 5 pass`. */
  summary: string;
}

/** The checks of a host by name, for a tooltip. Drawn, and so asked for, when somebody wants to know. */
export function CheckList({ hostId, summary }: CheckListProps) {
  const { data, isError } = useQuery(hostChecksQuery(hostId));
  return (
    <div className={classes.list}>
      <p className={classes.summary}>{summary}</p>
      {data?.items.map((check) => (
        <div key={check.id} className={classes.check}>
          <StateIcon state={check.enabled ? check.status : 'disabled'} />
          <span className={classes.name}>{check.name}</span>
          <span className={classes.says}>{sayOf(check)}</span>
        </div>
      ))}
      {data === undefined && (
        <p className={classes.says}>{isError ? 'The checks did not load.' : 'Asking for the checks…'}</p>
      )}
    </div>
  );
}

/** The state as a word, with the latency where it passes and the reason where it fails. */
function sayOf({ enabled, status, last_result: latest }: HealthCheckView): string {
  const word = states[enabled ? status : 'disabled'].word.toLowerCase();
  if (!enabled || latest === null || status === 'unknown') return word;
  return `${word}, ${status === 'healthy' ? formatLatency(latest.latency_ms) : inShort(latest)}`;
}
