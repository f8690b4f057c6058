import { groupEndpoints, hostEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

const mostHostsPerCall = 1000;

export function useCreateHost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof hostEndpoints.create>) => call(hostEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'hosts', 'groups', 'overview'),
  });
}

export function useUpdateHost(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof hostEndpoints.update>) =>
      call(hostEndpoints.update, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'hosts'),
  });
}

export function useDeleteHost(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(hostEndpoints.remove, { params: { id } }),
    onSuccess: async () => {
      // Not invalidated with the rest: its page is still open and would ask for what is gone.
      queryClient.removeQueries({ queryKey: ['hosts', 'one', id] });
      await refresh(queryClient, 'hosts', 'groups', 'overview');
    },
  });
}

/** Has the agent asked now; the host as it comes back says that this is under way. */
export function useRefreshHost(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(hostEndpoints.refresh, { params: { id } }),
    onSuccess: (host) => queryClient.setQueryData(['hosts', 'one', id], host),
  });
}

interface HostsIntoGroup {
  groupId: string;
  hostIds: readonly string[];
}

export function useAddHostsToGroup() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ groupId, hostIds }: HostsIntoGroup) => {
      // One after the other: each call is all or none, and a refusal must stop those behind it.
      for (let from = 0; from < hostIds.length; from += mostHostsPerCall) {
        await call(groupEndpoints.addHosts, {
          params: { id: groupId },
          body: { host_ids: hostIds.slice(from, from + mostHostsPerCall) },
        });
      }
    },
    // Also after a refusal: the parts before it were done.
    onSettled: () => refresh(queryClient, 'hosts', 'groups', 'overview'),
  });
}

export function useLeaveGroup(hostId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (groupId: string) =>
      call(groupEndpoints.removeHost, { params: { id: groupId, host_id: hostId } }),
    onSuccess: () => refresh(queryClient, 'hosts', 'groups', 'overview'),
  });
}
