import { groupEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

export function useCreateGroup() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof groupEndpoints.create>) => call(groupEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'groups', 'overview'),
  });
}

export function useUpdateGroup(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof groupEndpoints.update>) =>
      call(groupEndpoints.update, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'groups', 'hosts', 'users'),
  });
}

export function useDeleteGroup(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(groupEndpoints.remove, { params: { id } }),
    onSuccess: async () => {
      for (const part of ['one', 'users']) queryClient.removeQueries({ queryKey: ['groups', part, id] });
      await refresh(queryClient, 'groups', 'hosts', 'users', 'overview');
    },
  });
}

/** Puts people and hosts into a group and takes them out. */
export function useMembership(id: string) {
  const queryClient = useQueryClient();
  const onSuccess = () => refresh(queryClient, 'groups', 'hosts', 'users', 'overview');
  return {
    addUser: useMutation({
      mutationFn: (userId: string) => call(groupEndpoints.addUser, { params: { id, user_id: userId } }),
      onSuccess,
    }),
    removeUser: useMutation({
      mutationFn: (userId: string) => call(groupEndpoints.removeUser, { params: { id, user_id: userId } }),
      onSuccess,
    }),
    addHost: useMutation({
      mutationFn: (hostId: string) => call(groupEndpoints.addHost, { params: { id, host_id: hostId } }),
      onSuccess,
    }),
    removeHost: useMutation({
      mutationFn: (hostId: string) => call(groupEndpoints.removeHost, { params: { id, host_id: hostId } }),
      onSuccess,
    }),
  };
}
