import { healthCheckEndpoints } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from './api.js';

/** The checks of a host. Below the host's own key: whoever says that a host changed says it of its checks too. */
export const hostChecksQuery = (hostId: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', hostId, 'health-checks'],
    queryFn: ({ signal }) => call(healthCheckEndpoints.list, { params: { id: hostId } }, signal),
  });
