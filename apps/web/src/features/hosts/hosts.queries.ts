import { auditLogEndpoints, hostEndpoints, patchJobEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';
import type { HostSearch } from './host-search.js';

const pageSize = 200;

export const hostsQuery = ({ q, group, health, agent, patches, sort }: HostSearch) => {
  const query = {
    ...(q !== undefined && { q }),
    ...(group !== undefined && { group }),
    ...(health !== undefined && { health }),
    ...(agent !== undefined && { agent }),
    ...(patches !== undefined && { patches }),
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
    // When it was seen last is no event; and who waits for the agent is not left waiting by an event that got lost.
    refetchInterval: ({ state }) => (state.data?.is_refreshing === true ? 3_000 : 60_000),
  });

export interface PatchFilter {
  q: string;
  only: 'all' | 'security' | 'reboot';
}

const patchPageSize = 100;

/** What could be upgraded on a host. Below the host's own key: whoever says that it changed says it of these too. */
export const hostPatchesQuery = (id: string, { q, only }: PatchFilter) => {
  const query = { ...(q !== '' && { q }), ...(only !== 'all' && { only }), limit: patchPageSize };
  return infiniteQueryOptions({
    queryKey: ['hosts', 'one', id, 'patches', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        hostEndpoints.patches,
        { params: { id }, query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
};

export const hostFinderQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'finder', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 8 } }, signal),
    placeholderData: keepPreviousData,
  });

/** The latest jobs of a host. Events name jobs and runs, so this list is asked for again at each of them. */
export const hostJobsQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'of-host', id],
    queryFn: ({ signal }) => call(patchJobEndpoints.list, { query: { host: id, limit: 5 } }, signal),
  });

/** The last things done to a host. */
export const hostChangesQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', 'host', id],
    queryFn: ({ signal }) => call(auditLogEndpoints.list, { query: { object_id: id, limit: 6 } }, signal),
  });
