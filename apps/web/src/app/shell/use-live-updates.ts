import { sessionEndpoints } from '@patchgate/contracts';
import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../lib/api.js';
import { keepFresh } from '../../lib/keep-fresh.js';
import { followEvents } from '../../lib/live-events.js';

/** Keeps everything shown true while somebody is signed in. */
export function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  useEffect(
    () => followEvents({ onEvent: keepFresh(queryClient), onRefused: () => void askForSession(queryClient) }),
    [queryClient],
  );
}

/** A refused stream does not say why. This does, and the way to the sign-in is the one of every query. */
async function askForSession(queryClient: QueryClient): Promise<void> {
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
