import { apiTokenEndpoints, sessionEndpoints } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(sessionEndpoints.list, {}, signal),
});

export const apiTokensQuery = queryOptions({
  queryKey: ['api-tokens'],
  queryFn: ({ signal }) => call(apiTokenEndpoints.list, {}, signal),
});
