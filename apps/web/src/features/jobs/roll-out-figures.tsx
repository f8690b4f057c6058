import type { PatchJobView } from '@patchgate/contracts';
import type { ReactNode } from 'react';
import { formatCountdown } from '../../lib/countdown.js';
import { formatCount } from '../../lib/counts.js';
import { useSeconds } from '../../lib/use-now.js';
import { RelativeTime } from '../../ui/relative-time.js';
import classes from './roll-out-figures.module.css';

const mostPips = 10;

export function RollOutFigures({ job }: { job: PatchJobView }) {
  const { run_counts: counts, failures, max_failures: allowed } = job;
  return (
    <dl className={classes.figures}>
      <Figure name="Patched" value={formatCount(counts.succeeded)}>
        of {formatCount(job.hosts_total)}
      </Figure>
      <Figure name="In progress" value={formatCount(job.in_flight)}>
        of {formatCount(job.max_in_flight)} at once
      </Figure>
      <Figure name="Failures" value={formatCount(failures)}>
        of {formatCount(allowed)} allowed
        {allowed > 0 && allowed <= mostPips && <Pips on={failures} of={allowed} />}
      </Figure>
      <TimeLeft job={job} />
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: ReactNode;
  children?: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {children !== undefined && <small>{children}</small>}
      </dd>
    </div>
  );
}

function Pips({ on, of }: { on: number; of: number }) {
  return (
    <span className={classes.pips} aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <i key={index} data-on={index < on || undefined} />
      ))}
    </span>
  );
}

/** What the clock says of the job: when it may begin, by when it must, or when it ended. */
function TimeLeft({ job }: { job: PatchJobView }) {
  const now = useSeconds();
  const { ended_at: ended, window_opens_at: opens, window_closes_at: closes, schedule } = job;
  if (ended !== null) return <Figure name="Ended" value={<RelativeTime at={ended} />} />;
  if (opens === null || closes === null) return <Figure name="Window" value="None known" />;
  const limit = schedule === 'now' ? 'Deadline' : 'Window closes';
  if (Date.parse(opens) > now) {
    return <Figure name="Window opens in" value={formatCountdown(Date.parse(opens) - now)} />;
  }
  const left = Date.parse(closes) - now;
  if (left <= 0) return <Figure name={limit} value="Passed" />;
  return <Figure name={`${limit} in`} value={formatCountdown(left)} />;
}
