import { healthCheckEndpoints } from '@patchgate/contracts';
import type { BodyOf, HealthCheckView } from '@patchgate/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';
import { useCheckTest } from './use-check-test.js';

/** Tests a saved check. It counts like a poll, so everything drawn from its result is asked anew. */
export function useSavedTest({ id, host_id: hostId }: HealthCheckView) {
  const queryClient = useQueryClient();
  return useCheckTest<undefined>({
    ask: (_nothing, signal) =>
      call(healthCheckEndpoints.test, { params: { id: hostId, check_id: id } }, signal),
    onDone: () => refresh(queryClient, 'hosts', 'overview'),
  });
}

/** Tests what a form holds; it is stored nowhere. */
export function useUnsavedTest(hostId: string) {
  return useCheckTest<BodyOf<typeof healthCheckEndpoints.testUnsaved>>({
    ask: (body, signal) => call(healthCheckEndpoints.testUnsaved, { params: { id: hostId }, body }, signal),
  });
}
