import { groupEndpoints, overviewEndpoints } from '@patchgate/contracts';
import type { GroupView, ResponseOf } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from './api.js';

// Asked by the shell and by several features, so they stand below all of them and share one cache entry.

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => call(overviewEndpoints.get, {}, signal),
});

/** All groups in reach, by name, to choose from. */
export const groupChoicesQuery = queryOptions({
  queryKey: ['groups', 'choices'],
  queryFn: ({ signal }) => fetchAllGroups(signal),
  staleTime: 60_000,
});

async function fetchAllGroups(signal: AbortSignal): Promise<GroupView[]> {
  const groups: GroupView[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor !== '' && { cursor }) };
    const page: ResponseOf<typeof groupEndpoints.list> = await call(groupEndpoints.list, { query }, signal);
    groups.push(...page.items);
    cursor = page.next_cursor;
  }
  return groups;
}

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', 'one', id],
    queryFn: ({ signal }) => call(groupEndpoints.get, { params: { id } }, signal),
  });
