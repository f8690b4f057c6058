import { apiTokenEndpoints, sessionEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';
import { sessionQuery } from '../../lib/session.queries.js';

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof sessionEndpoints.changePassword>) =>
      call(sessionEndpoints.changePassword, { body }),
    // A wrong current password must not look like the end of the session.
    meta: { signsIn: true },
    onSuccess: async (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      await refresh(queryClient, 'sessions');
    },
  });
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(sessionEndpoints.end, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'sessions', 'session'),
  });
}

export function useCreateApiToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof apiTokenEndpoints.create>) => call(apiTokenEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'api-tokens'),
  });
}

export function useRevokeApiToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(apiTokenEndpoints.revoke, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'api-tokens'),
  });
}
