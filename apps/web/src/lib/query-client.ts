import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hasCode, isPassing } from './api-error.js';
import { reportLost } from './connection.js';

const maxRetries = 2;

/**
 * The cache of everything the server said.
 *
 * @param onSignedOut called when an answer says that the session is gone
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const noteFailure = (error: unknown): void => {
    if (hasCode(error, 'unauthenticated')) onSignedOut();
    if (hasCode(error, 'unreachable')) reportLost();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: noteFailure }),
    mutationCache: new MutationCache({
      // Signing in answers 401 for wrong credentials; that form says so itself.
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.signsIn !== true) noteFailure(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        // Ask even when the browser believes to be offline: the server may be on this very machine.
        networkMode: 'always',
        // Off by itself in this mode, and what failed while the wire was cut would stay failed.
        refetchOnReconnect: 'always',
        retry: (failures, error) => failures < maxRetries && isPassing(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
