import { VisuallyHidden } from '@mantine/core';
import type { RunView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { formatCountdown } from '../../lib/countdown.js';
import { cameTo } from '../../lib/run-outcome.js';
import { useSeconds } from '../../lib/use-now.js';
import type { Column } from '../../ui/data-table.types.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { attemptStates, runStates } from '../../ui/run-states.js';
import { StateBadge } from '../../ui/state-badge.js';
import { StateMark } from '../../ui/state-mark.js';
import { attemptsWords, failingOf, whyOf } from './run-words.js';
import classes from './runs.module.css';

interface ColumnsOptions {
  jobId: string;
  /** A panel stands beside the table and says what is left out here. */
  isNarrow: boolean;
}

export const runColumns = ({ jobId, isNarrow }: ColumnsOptions): Column<RunView>[] => [
  {
    key: 'host',
    head: 'Host',
    ...(!isNarrow && { width: '144px' }),
    isRowHeader: true,
    phone: 'lead',
    cell: (run) => (
      <Link
        to="/jobs/$jobId"
        params={{ jobId }}
        search={(before: object) => ({ ...before, run: run.id })}
        title={run.fqdn}
        resetScroll={false}
      >
        {run.fqdn.split('.')[0]}
      </Link>
    ),
  },
  {
    key: 'state',
    head: 'State',
    width: '122px',
    phone: 'state',
    cell: (run) => <State run={run} />,
  },
  {
    key: 'batch',
    head: 'Batch',
    width: '62px',
    cell: ({ batch }) => (batch === 0 ? 'Canary' : batch),
  },
  { key: 'attempts', head: 'Attempts', width: '104px', cell: (run) => <Attempts run={run} /> },
  { key: 'failing', head: 'Failing', width: '62px', cell: (run) => <Failing run={run} /> },
  ...(isNarrow ? [] : [whyColumn]),
  {
    key: 'next',
    head: 'Next, or ended',
    width: '132px',
    align: 'end',
    phone: 'end',
    cell: (run) => <Next run={run} />,
  },
];

const whyColumn: Column<RunView> = {
  key: 'why',
  head: 'Why',
  phone: 'note',
  cell: (run) => <span title={whyOf(run)}>{whyOf(run)}</span>,
};

/** In a column of its own the word for waiting needs no object. */
function State({ run }: { run: RunView }) {
  const state = runStates[cameTo(run)];
  return <StateBadge state={state} {...(state === 'waiting' && { word: 'Waiting' })} />;
}

const shownAttempts = 5;

/** A square an attempt, the latest last; how it went is said in words for readers. */
function Attempts({ run }: { run: RunView }) {
  const { outcomes, attempts } = run.gate;
  if (attempts === 0) return <span className={classes.quiet}>none</span>;
  const hidden = attempts - Math.min(shownAttempts, outcomes.length);
  return (
    <span className={classes.attempts} role="img" aria-label={attemptsWords(run)}>
      {hidden > 0 && <span className={classes.quiet}>{hidden}+</span>}
      {outcomes.slice(-shownAttempts).map((outcome, index) => (
        <StateMark key={index} state={attemptStates[outcome]} />
      ))}
    </span>
  );
}

function Failing({ run }: { run: RunView }) {
  const failing = failingOf(run);
  return failing === null ? <span className={classes.quiet}>–</span> : failing;
}

/** Counts down to the next attempt; of what is over, when that was. */
function Next({ run }: { run: RunView }) {
  const now = useSeconds();
  if (run.ended_at !== null) {
    return (
      <span className={classes.quiet}>
        <VisuallyHidden>ended</VisuallyHidden> <RelativeTime at={run.ended_at} />
      </span>
    );
  }
  const { next_attempt_at: next } = run.gate;
  if (next === null) return <span className={classes.quiet}>–</span>;
  const left = Date.parse(next) - now;
  return <span className={classes.next}>{left <= 0 ? 'due now' : formatCountdown(left)}</span>;
}
