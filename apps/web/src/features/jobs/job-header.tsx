import type { PatchJobView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../../ui/page-header.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { jobStates } from '../../ui/run-states.js';
import { SkeletonBar } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { hostsWords, orderWords, timeWords } from './board-words.js';

const AllJobs = () => <Link to="/jobs">Jobs</Link>;

export function JobHeader({ job, actions }: { job: PatchJobView; actions: ReactNode }) {
  return (
    <PageHeader
      title={job.name}
      crumbs={
        <>
          <AllJobs />
          <span aria-hidden="true">/</span>
          <span>{job.number}</span>
        </>
      }
      badge={<StateBadge state={jobStates[job.status]} variant="pill" />}
      facts={
        <>
          <span>{orderWords(job)}</span>
          <span>{hostsWords(job)}</span>
          <span>{timeWords(job)}</span>
          <span>{job.allow_reboot ? 'Reboots where needed' : 'No reboots'}</span>
          {job.retry_of !== null && (
            <Link to="/jobs/$jobId" params={{ jobId: job.retry_of.id }}>
              Retry of job {job.retry_of.number}
            </Link>
          )}
          <span>
            By {job.created_by.name}, <RelativeTime at={job.created_at} />
          </span>
        </>
      }
      phoneFactLines={2}
      actions={actions}
    />
  );
}

/** The same lines before anything is known of the job, or when nothing will be. */
export function JobHeaderFrame({ isLoading }: { isLoading: boolean }) {
  return (
    <PageHeader
      title="Job"
      crumbs={<AllJobs />}
      facts={
        isLoading ? (
          <>
            <SkeletonBar width="130px" />
            <SkeletonBar width="150px" />
            <SkeletonBar width="170px" />
          </>
        ) : undefined
      }
      phoneFactLines={2}
    />
  );
}
