import { patchRunEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';

/** Where a run is found. */
export interface RunKey {
  jobId: string;
  runId: string;
}

const paramsOf = ({ jobId, runId }: RunKey) => ({ id: jobId, run_id: runId });

// The job is no part of these keys: events name runs and their job, and a job of thousands would have each of its events
// ask for this one run again.
export const runQuery = (key: RunKey) =>
  queryOptions({
    queryKey: ['runs', 'one', key.runId],
    queryFn: ({ signal }) => call(patchRunEndpoints.get, { params: paramsOf(key) }, signal),
  });

const attemptsPerPage = 200;

/** The attempts at the gate, the latest first. */
export const attemptsQuery = (key: RunKey) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'attempts', key.runId],
    queryFn: ({ pageParam, signal }) =>
      call(
        patchRunEndpoints.attempts,
        {
          params: paramsOf(key),
          query: { limit: attemptsPerPage, ...(pageParam !== '' && { cursor: pageParam }) },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
  });
