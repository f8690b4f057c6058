import { groupEndpoints, hostEndpoints, userEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';

export const groupsQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'list', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(
        groupEndpoints.list,
        {
          query: {
            limit: 200,
            ...(q !== undefined && { q }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const groupUsersQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', 'users', id],
    queryFn: ({ signal }) => call(groupEndpoints.listUsers, { params: { id } }, signal),
  });

/** The first of a group's hosts, by name; the rest is a filtered list of hosts. */
export const groupHostsQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'of-group', id],
    queryFn: ({ signal }) =>
      call(hostEndpoints.list, { query: { group: id, sort: 'health', limit: 20 } }, signal),
  });

export const hostChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'choices', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 30 } }, signal),
    placeholderData: keepPreviousData,
  });

export const userChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['users', 'choices', q],
    queryFn: ({ signal }) => call(userEndpoints.list, { query: { q, limit: 30 } }, signal),
    placeholderData: keepPreviousData,
  });
