import { auditLogEndpoints, hostEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';
import type { HostSearch } from './host-search.js';

const pageSize = 200;

export const hostsQuery = ({ q, group, health, agent, sort }: HostSearch) => {
  const query = {
    ...(q !== undefined && { q }),
    ...(group !== undefined && { group }),
    ...(health !== undefined && { health }),
    ...(agent !== undefined && { agent }),
    ...(sort !== undefined && { sort }),
    limit: pageSize,
  };
  return infiniteQueryOptions({
    queryKey: ['hosts', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        hostEndpoints.list,
        { query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    // The rows of the last filter stay until those of the next are here: the table must not flash at every letter.
    placeholderData: keepPreviousData,
  });
};

export const hostQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', id],
    queryFn: ({ signal }) => call(hostEndpoints.get, { params: { id } }, signal),
  });

export const hostFinderQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'finder', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 8 } }, signal),
    placeholderData: keepPreviousData,
  });

/** The last things done to a host. */
export const hostChangesQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', 'host', id],
    queryFn: ({ signal }) => call(auditLogEndpoints.list, { query: { object_id: id, limit: 6 } }, signal),
  });
