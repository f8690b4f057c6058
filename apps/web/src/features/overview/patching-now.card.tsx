import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { countOf, formatCount } from '../../lib/counts.js';
import { endedOf, partsOf } from '../../lib/job-progress.js';
import { liveJobsQuery } from '../../lib/live-jobs.queries.js';
import { useAllows } from '../../lib/principal.js';
import { Card } from '../../ui/card.js';
import { JobBar } from '../../ui/job-bar.js';
import { QueryView } from '../../ui/query-view.js';
import { jobStates } from '../../ui/run-states.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './overview.module.css';
import { WaitingHosts } from './waiting-hosts.js';

/** The jobs with hosts that have not ended, and how many of those wait at their gate. */
export function PatchingNow() {
  const query = useQuery(liveJobsQuery);
  const mayDeploy = useAllows('operator');
  return (
    <Card
      title="Patching now"
      note={query.data && query.data.total > 0 && countOf(query.data.total, 'job')}
      padding="flush"
      actions={
        <Link to="/jobs" search={{ show: 'live' }} className={classes.link}>
          All live jobs
        </Link>
      }
    >
      <QueryView query={query} what="the jobs" skeleton={<SkeletonRows rows={2} waitsFor="the jobs" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.nothing}>
              Nothing is being patched.{' '}
              {mayDeploy && (
                <Link to="/deploy" className={classes.link}>
                  Deploy patches
                </Link>
              )}
            </p>
          ) : (
            <ul className={classes.jobs}>
              {items.map((job) => (
                <li key={job.id}>
                  <Link to="/jobs/$jobId" params={{ jobId: job.id }} className={classes.clip}>
                    <span className={classes.name}>{job.name}</span>{' '}
                    <span className={classes.quiet}>{job.number}</span>
                  </Link>
                  <StateBadge state={jobStates[job.status]} />
                  <span className={classes.progress}>
                    <JobBar job={job} />
                  </span>
                  <span className={classes.quiet}>
                    {formatCount(endedOf(job))} of {formatCount(job.hosts_total)} ended
                    {partsOf(job).waiting > 0 && `, ${formatCount(partsOf(job).waiting)} waiting for health`}
                  </span>
                  {partsOf(job).waiting > 0 && <WaitingHosts job={job} />}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
