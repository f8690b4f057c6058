import { enrollmentEndpoints, enrollmentTokenEndpoints, pkiEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

export function useApprove(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof enrollmentEndpoints.approve>) =>
      call(enrollmentEndpoints.approve, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'enrolments', 'agent-certificates', 'hosts', 'groups', 'overview'),
  });
}

export function useDeny() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(enrollmentEndpoints.deny, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'enrolments'),
  });
}

export function useCreateToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof enrollmentTokenEndpoints.create>) =>
      call(enrollmentTokenEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'enrolment-tokens'),
  });
}

export function useRevokeToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(enrollmentTokenEndpoints.revoke, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'enrolment-tokens'),
  });
}

export function useRevokeCertificate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(pkiEndpoints.revokeCertificate, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'agent-certificates'),
  });
}

export function useIssueBundle() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (hostId: string) => call(pkiEndpoints.issueBundle, { params: { id: hostId } }),
    onSuccess: () => refresh(queryClient, 'agent-certificates'),
  });
}
