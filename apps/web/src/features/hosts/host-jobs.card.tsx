import type { HostView, PatchJobView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { jobStates } from '../../ui/run-states.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { formatCount } from '../../lib/counts.js';
import classes from './host-jobs.module.css';
import { hostJobsQuery } from './hosts.queries.js';

/** The latest jobs this host is or was in, the one that has it now first. */
export function HostJobs({ host }: { host: HostView }) {
  const query = useQuery(hostJobsQuery(host.id));
  const total = query.data?.total;
  return (
    <Card
      title="Jobs"
      note={total === undefined || total === 0 ? undefined : formatCount(total)}
      padding="flush"
    >
      <QueryView query={query} what="the jobs" skeleton={<SkeletonRows rows={3} waitsFor="the jobs" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.nothing}>No job has patched this host yet.</p>
          ) : (
            <ul className={classes.jobs}>
              {items.map((job) => (
                <JobLine key={job.id} job={job} host={host} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

function JobLine({ job, host }: { job: PatchJobView; host: HostView }) {
  const active = host.active_run;
  // A run is opened where it is known; of older jobs their page finds the host by its name.
  const search = active?.job_id === job.id ? { run: active.run_id } : { q: host.fqdn };
  return (
    <li>
      <Link to="/jobs/$jobId" params={{ jobId: job.id }} search={search} className={classes.name}>
        {job.number} {job.name}
      </Link>
      <StateBadge state={jobStates[job.status]} />
      <span className={classes.time}>
        <RelativeTime at={job.ended_at ?? job.created_at} />
      </span>
    </li>
  );
}
