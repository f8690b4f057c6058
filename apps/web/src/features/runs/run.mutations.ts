import { patchRunEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';
import type { RunKey } from './run.queries.js';

/** Also after a refusal: the run went on meanwhile, and what is shown is old. */
const useSettled = () => {
  const queryClient = useQueryClient();
  return () => refresh(queryClient, 'jobs', 'runs', 'overview');
};

/** Makes the next attempt at the gate now, or ends the run (asks its agent to, once that was told). */
export function useRunCommand({ jobId, runId }: RunKey, command: 'checkNow' | 'cancel') {
  const onSettled = useSettled();
  return useMutation({
    mutationFn: () => call(patchRunEndpoints[command], { params: { id: jobId, run_id: runId }, body: {} }),
    onSettled,
  });
}

export function useOverride({ jobId, runId }: RunKey) {
  const onSettled = useSettled();
  return useMutation({
    mutationFn: (body: BodyOf<typeof patchRunEndpoints.override>) =>
      call(patchRunEndpoints.override, { params: { id: jobId, run_id: runId }, body }),
    onSettled,
  });
}

export function useResolve({ jobId, runId }: RunKey) {
  const onSettled = useSettled();
  return useMutation({
    mutationFn: (body: BodyOf<typeof patchRunEndpoints.resolve>) =>
      call(patchRunEndpoints.resolve, { params: { id: jobId, run_id: runId }, body }),
    onSettled,
  });
}
