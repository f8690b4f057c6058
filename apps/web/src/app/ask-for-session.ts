import { sessionEndpoints } from '@patchgate/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { call } from '../lib/api.js';

/** A refused stream does not say why. This does, and the way to the sign-in is the one of every query. */
export async function askForSession(queryClient: QueryClient): Promise<void> {
  await queryClient
    .query({
      queryKey: ['live', 'refused'],
      queryFn: ({ signal }) => call(sessionEndpoints.current, {}, signal),
      retry: false,
      staleTime: 0,
      gcTime: 0,
    })
    // Whatever it was, the stream is tried again.
    .catch(() => undefined);
}
