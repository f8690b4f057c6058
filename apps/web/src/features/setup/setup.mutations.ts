import { sessionEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { sessionQuery } from '../../lib/session.queries.js';

export function useSetup() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof sessionEndpoints.setup>) => call(sessionEndpoints.setup, { body }),
    meta: { signsIn: true },
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
    },
  });
}
