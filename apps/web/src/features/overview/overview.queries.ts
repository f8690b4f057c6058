import { auditLogEndpoints, hostEndpoints } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { allWindows, renewedMs } from '../../lib/all-windows.js';
import { call } from '../../lib/api.js';

const most = 6;

export const unhealthyHostsQuery = queryOptions({
  queryKey: ['hosts', 'unhealthy'],
  queryFn: ({ signal }) =>
    call(hostEndpoints.list, { query: { health: 'unhealthy', sort: 'health', limit: most } }, signal),
});

export const latestChangesQuery = queryOptions({
  queryKey: ['audit', 'latest'],
  queryFn: ({ signal }) => call(auditLogEndpoints.list, { query: { limit: most } }, signal),
});

export const windowsQuery = queryOptions({
  queryKey: ['windows', 'all'],
  queryFn: ({ signal }) => allWindows({}, signal),
  refetchInterval: renewedMs,
});
