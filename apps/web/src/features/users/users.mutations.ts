import { userEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

export function useCreateUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof userEndpoints.create>) => call(userEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'users'),
  });
}

export function useUpdateUser(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof userEndpoints.update>) =>
      call(userEndpoints.update, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'users', 'groups'),
  });
}

export function useResetPassword(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof userEndpoints.resetPassword>) =>
      call(userEndpoints.resetPassword, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'users'),
  });
}

export function useDeleteUser(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(userEndpoints.remove, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'users', 'groups'),
  });
}
