import type { PatchJobView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf, formatCount } from '../../lib/counts.js';
import { endedOf } from '../../lib/job-progress.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import type { Column } from '../../ui/data-table.types.js';
import { JobBar } from '../../ui/job-bar.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { jobStates } from '../../ui/run-states.js';
import { StateBadge, StateIcon } from '../../ui/state-badge.js';
import { Tip } from '../../ui/tip.js';
import { failuresOf, notEndedOf, orderInShort, timeOf } from './jobs-words.js';
import classes from './jobs.module.css';

export const jobColumns: Column<PatchJobView>[] = [
  {
    key: 'job',
    head: 'Job',
    width: '204px',
    stickyLeft: '0px',
    isRowHeader: true,
    phone: 'lead',
    cell: ({ id, number, name }) => (
      <Link to="/jobs/$jobId" params={{ jobId: id }} title={name} className={classes.name}>
        {name} <span className={classes.quiet}>{number}</span>
      </Link>
    ),
  },
  {
    key: 'status',
    head: 'Status',
    width: '120px',
    phone: 'state',
    cell: ({ status, paused }) => {
      const badge = <StateBadge state={jobStates[status]} />;
      return paused === null ? badge : <Tip label={paused.detail}>{badge}</Tip>;
    },
  },
  {
    key: 'progress',
    head: 'Progress',
    width: '164px',
    phone: 'note',
    cell: (job) => (
      <span className={classes.progress}>
        <JobBar job={job} />
        <span className={classes.share}>
          {formatCount(endedOf(job))} of {formatCount(job.hosts_total)}
        </span>
      </span>
    ),
  },
  {
    key: 'not-ended',
    head: 'Not ended',
    cell: (job) => {
      const who = notEndedOf(job);
      return who === null ? <span className={classes.quiet}>none</span> : <span title={who}>{who}</span>;
    },
  },
  { key: 'failures', head: 'Failed, allowed', width: '108px', cell: (job) => <Failures job={job} /> },
  { key: 'packages', head: 'Packages', width: '108px', cell: (job) => orderInShort(job) },
  { key: 'window', head: 'Window', width: '136px', phone: 'end', cell: (job) => <JobTime job={job} /> },
  {
    key: 'created',
    head: 'Ordered',
    width: '124px',
    cell: ({ created_at: at, created_by: by }) => (
      <>
        <RelativeTime at={at} /> <span className={classes.quiet}>by {by.name}</span>
      </>
    ),
  },
];

function Failures({ job }: { job: PatchJobView }) {
  const { text, isSpent, hasAny } = failuresOf(job);
  if (!hasAny) return <span className={classes.quiet}>{text}</span>;
  const failed = countOf(job.run_counts.failed, 'host');
  const budget = formatCount(job.max_failures);
  return (
    <Tip label={`${failed} failed. The job pauses when more than ${budget} of those patched have.`}>
      <span className={classes.failures} data-spent={isSpent || undefined}>
        <StateIcon state={isSpent ? 'failed' : 'partlyFailed'} />
        {text}
      </span>
    </Tip>
  );
}

function JobTime({ job }: { job: PatchJobView }) {
  return <span className={classes.quiet}>{timeOf(job, useNow(), viewerZone())}</span>;
}
