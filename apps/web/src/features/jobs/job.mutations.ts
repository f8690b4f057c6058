import { patchJobEndpoints } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

type JobCommand = 'pause' | 'resume' | 'cancel' | 'retryFailed' | 'takeOver';

/** What a person asks of a whole job; the answer is the job as it is now, of a retry the new one. */
export function useJobCommand(id: string, command: JobCommand) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(patchJobEndpoints[command], { params: { id }, body: {} }),
    // Also after a refusal: somebody was faster, and what is shown is old.
    onSettled: () => refresh(queryClient, 'jobs', 'runs', 'overview'),
  });
}
