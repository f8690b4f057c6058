import { sessionEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { call } from '../../lib/api.js';
import { ApiError, hasCode } from '../../lib/api-error.js';
import { sessionQuery } from '../../lib/session.queries.js';

type Credentials = BodyOf<typeof sessionEndpoints.login>;

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    meta: { signsIn: true },
    onSuccess: (session) => {
      // What another person saw in this tab is not for the next one.
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
    },
  });
}

async function signIn(credentials: Credentials) {
  try {
    return await call(sessionEndpoints.login, { body: credentials });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
    // One sentence for every reason: which of them it was is nobody's business before the sign-in.
    const message = 'The user name or the password is wrong.';
    throw new ApiError({ status: 401, code: error.code, message, cause: error });
  }
}

export function useSignOut() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.setQueryData(sessionQuery.queryKey, null);
      await router.navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
}

async function signOut(): Promise<void> {
  try {
    await call(sessionEndpoints.logout, {});
  } catch (error) {
    // Already gone is what was wanted.
    if (!hasCode(error, 'unauthenticated')) throw error;
  }
}
