import { demoEndpoints } from '@patchgate/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { demo } from '../../lib/demo.js';

/** What can be put right on simulated hosts; asked for in a demo only, for nowhere else is there such a thing. */
export const faultsQuery = queryOptions({
  queryKey: ['demo', 'faults'],
  queryFn: ({ signal }) => call(demoEndpoints.faults, {}, signal),
  enabled: demo !== null,
});

export function useRepair(hostId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(demoEndpoints.repair, { params: { id: hostId } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: faultsQuery.queryKey }),
  });
}
