import { userEndpoints } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';

export const usersQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['users', 'list', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(
        userEndpoints.list,
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
