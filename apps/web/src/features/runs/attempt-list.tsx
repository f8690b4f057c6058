import type { GateAttemptView } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import { formatClockSeconds, formatDay, viewerZone } from '../../lib/times.js';
import { attemptStates } from '../../ui/run-states.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './attempt-list.module.css';
import { shutBy } from './gate-words.js';

interface AttemptListProps {
  /** The latest first. */
  attempts: readonly GateAttemptView[];
  total: number;
}

/** Every attempt in words: what the picture shows, for whoever cannot see it or wants to copy it. */
export function AttemptList({ attempts, total }: AttemptListProps) {
  return (
    <details className={classes.list}>
      <summary>{countOf(total, 'attempt')} in words</summary>
      <ol reversed>
        {attempts.map((attempt) => (
          <li key={attempt.attempt} value={attempt.attempt}>
            <span className={classes.number}>{attempt.attempt}</span>
            <span className={classes.time}>{timeOf(attempt.started_at)}</span>
            <StateBadge state={attemptStates[attempt.outcome]} />
            <span className={classes.words}>{wordsOf(attempt)}</span>
          </li>
        ))}
      </ol>
      {total > attempts.length && (
        <p className={classes.time}>
          The latest {formatCount(attempts.length)} of {formatCount(total)}.
        </p>
      )}
    </details>
  );
}

function timeOf(at: string): string {
  const zone = viewerZone();
  return `${formatDay(Date.parse(at), zone)}, ${formatClockSeconds(Date.parse(at), zone)}`;
}

function wordsOf({ outcome, checks, held_by: held, override }: GateAttemptView): string {
  const red = checks.filter(({ verdict }) => verdict !== 'pass');
  const what =
    red.length === 0
      ? ''
      : red.map(({ name, detail }) => (detail === '' ? name : `${name}: ${detail}`)).join('; ');
  return [
    outcome === 'error' && checks.length === 0 ? shutBy(checks) : what,
    held === null ? '' : `held: ${reasonInShort(held).toLowerCase()}`,
    override === null ? '' : `let through by ${override.by}: ${override.reason}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}
