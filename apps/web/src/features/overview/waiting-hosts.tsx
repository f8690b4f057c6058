import { patchRunEndpoints } from '@patchgate/contracts';
import type { PatchJobView } from '@patchgate/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../lib/api.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import { StateIcon } from '../../ui/state-badge.js';
import classes from './overview.module.css';

/** Enough to see what it is about; the page of the job has all of them. */
const shownHosts = 3;

const waitingQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['runs', 'waiting', jobId],
    queryFn: ({ signal }) =>
      call(
        patchRunEndpoints.list,
        { params: { id: jobId }, query: { status: 'waiting_health_check', limit: shownHosts } },
        signal,
      ),
  });

/** The hosts of a job that wait at their gate, and for what; each leads to its gate. */
export function WaitingHosts({ job }: { job: PatchJobView }) {
  const { data } = useQuery(waitingQuery(job.id));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <ul className={classes.waiting} aria-label={`Waiting in ${job.name}`}>
      {data.items.map(({ id, fqdn, reason, detail }) => (
        <li key={id}>
          <Link to="/jobs/$jobId" params={{ jobId: job.id }} search={{ run: id }} className={classes.wait}>
            <StateIcon state="waiting" />
            <span className={classes.clip}>
              <span className={classes.name}>{fqdn.split('.')[0]} waits</span>{' '}
              <span className={classes.quiet}>
                {detail ?? (reason === null ? '' : reasonInShort(reason))}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
