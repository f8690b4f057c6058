import { hostEndpoints, patchJobEndpoints } from '@patchgate/contracts';
import type { JobRequest } from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import type { DeployDraft } from '../../lib/deploy-draft.js';
import { nextCursor } from '../../lib/list-query.js';

/** Up to here a preview is cheap enough to follow the checks of its hosts closely. */
const fewHosts = 500;

/**
 * What an order would do. Jobs, runs and hosts tell of changes themselves; results of checks come too often for that, so
 * they are looked at again by time.
 */
export const previewQuery = (request: JobRequest | null) =>
  queryOptions({
    queryKey: ['deploy', 'preview', request],
    queryFn:
      request === null
        ? skipToken
        : ({ signal }) => call(patchJobEndpoints.preview, { body: request }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.hosts_total ?? 0) > fewHosts ? 30_000 : 5_000),
  });

export interface HostChoice {
  q: string;
  group: string;
}

const pageSize = 100;

export const hostChoicesQuery = ({ q, group }: HostChoice) => {
  const query = { ...(q !== '' && { q }), ...(group !== '' && { group }), limit: pageSize };
  return infiniteQueryOptions({
    queryKey: ['hosts', 'deploy-choices', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        hostEndpoints.list,
        { query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
};

/** What is outstanding on the chosen hosts, to choose packages from. */
export const pendingPackagesQuery = (
  { host_ids, group_ids }: Pick<DeployDraft, 'host_ids' | 'group_ids'>,
  q: string,
) =>
  queryOptions({
    queryKey: ['deploy', 'packages', { host_ids, group_ids, q }],
    queryFn:
      host_ids.length + group_ids.length === 0
        ? skipToken
        : ({ signal }) =>
            call(
              patchJobEndpoints.packages,
              { body: { host_ids, group_ids, ...(q !== '' && { q }) } },
              signal,
            ),
    placeholderData: keepPreviousData,
  });
