import { patchJobEndpoints } from '@patchgate/contracts';
import type { JobRequest } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

export function useCreateJob() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: JobRequest) => call(patchJobEndpoints.create, { body }),
    // Also after a refusal: something has changed since the preview, and it should say what.
    onSettled: () => refresh(queryClient, 'jobs', 'deploy', 'hosts', 'overview'),
  });
}
