import { patchJobEndpoints } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from './api.js';

/** How few of the live jobs are enough where only their number and the latest are shown. */
const latest = 5;

/** The jobs with a host that has not ended, the newest first; the shell counts them, the overview shows them. */
export const liveJobsQuery = queryOptions({
  queryKey: ['jobs', 'live'],
  queryFn: ({ signal }) => call(patchJobEndpoints.list, { query: { open: 'true', limit: latest } }, signal),
});
