import { sessionEndpoints } from '@patchgate/contracts';
import type { CurrentSessionView } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from './api.js';
import { hasCode } from './api-error.js';

/** Who is signed in here; null for nobody, which is an answer and no failure. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => fetchSession(signal),
  staleTime: 60_000,
});

async function fetchSession(signal: AbortSignal): Promise<CurrentSessionView | null> {
  try {
    return await call(sessionEndpoints.current, {}, signal);
  } catch (error) {
    if (hasCode(error, 'unauthenticated')) return null;
    throw error;
  }
}

/** Whether the first administrator is still to be made. */
export const setupStateQuery = queryOptions({
  queryKey: ['setup-state'],
  queryFn: ({ signal }) => call(sessionEndpoints.setupState, {}, signal),
});
