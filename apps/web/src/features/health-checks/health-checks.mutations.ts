import { healthCheckEndpoints } from '@patchgate/contracts';
import type { BodyOf, HealthCheckView } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';
import { toCheckBody, valuesOf } from './check-values.js';

type CheckBody = BodyOf<typeof healthCheckEndpoints.create>;

/** Creates a check, or replaces the one given. */
export function useSaveCheck(hostId: string, check: HealthCheckView | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CheckBody) =>
      check === null
        ? call(healthCheckEndpoints.create, { params: { id: hostId }, body })
        : call(healthCheckEndpoints.update, { params: { id: hostId, check_id: check.id }, body }),
    onSuccess: () => refresh(queryClient, 'hosts', 'overview'),
  });
}

/** Switches a check on or off and leaves all else of it, its password too, as it is. */
export function useSwitchCheck(check: HealthCheckView) {
  const save = useSaveCheck(check.host_id, check);
  return () => {
    const values = { ...valuesOf(check, { address: '' }), enabled: !check.enabled };
    return save.mutateAsync(toCheckBody(check.check_type, values, check.has_basic_auth_pass) as CheckBody);
  };
}

export function useDeleteCheck({ id, host_id: hostId }: HealthCheckView) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(healthCheckEndpoints.remove, { params: { id: hostId, check_id: id } }),
    onSuccess: async () => {
      queryClient.removeQueries({ queryKey: ['health-check-results', id] });
      await refresh(queryClient, 'hosts', 'overview');
    },
  });
}

export function useCopyChecks(hostId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (hostIds: string[]) =>
      call(healthCheckEndpoints.copy, { params: { id: hostId }, body: { host_ids: hostIds } }),
    onSuccess: () => refresh(queryClient, 'hosts', 'overview'),
  });
}
