import { patchJobEndpoints, patchRunEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';
import type { BoardSearch } from './board-search.js';

const pageSize = 100;

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => call(patchJobEndpoints.get, { params: { id } }, signal),
  });

export const boardQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'board', id],
    queryFn: ({ signal }) => call(patchJobEndpoints.board, { params: { id } }, signal),
  });

/** The runs of a job that fit. */
export const jobRunsQuery = (id: string, { q, status, reason }: BoardSearch) => {
  const query = {
    ...(q !== undefined && { q }),
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
    limit: pageSize,
  };
  return infiniteQueryOptions({
    queryKey: ['runs', 'list', id, query],
    queryFn: ({ pageParam, signal }) =>
      call(
        patchRunEndpoints.list,
        { params: { id }, query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
};
