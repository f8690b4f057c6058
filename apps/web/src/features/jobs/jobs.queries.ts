import { patchJobEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';
import type { JobsSearch } from './jobs-search.js';

const pageSize = 100;

export const jobsQuery = ({ q, show, status }: JobsSearch) => {
  const query = {
    ...(q !== undefined && { q }),
    ...(show !== undefined && { open: show === 'live' ? ('true' as const) : ('false' as const) }),
    ...(status !== undefined && { status }),
    limit: pageSize,
  };
  return infiniteQueryOptions({
    queryKey: ['jobs', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        patchJobEndpoints.list,
        { query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
};
