import { patchJobEndpoints } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../lib/api.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { JobBar } from '../../ui/job-bar.js';

export function JobPage() {
  const { jobId } = getRouteApi('/shell/jobs/$jobId').useParams();
  const query = useQuery({
    queryKey: ['jobs', 'one', jobId],
    queryFn: ({ signal }) => call(patchJobEndpoints.get, { params: { id: jobId } }, signal),
  });
  return (
    <QueryView query={query} what="this job" skeleton={<SkeletonRows rows={4} waitsFor="this job" />}>
      {(job) => (
        <>
          <PageHeader title={job.name} crumbs={<Link to="/jobs">Jobs</Link>} />
          <JobBar job={job} />
        </>
      )}
    </QueryView>
  );
}
