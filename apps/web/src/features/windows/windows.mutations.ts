import { maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { BodyOf, MaintenanceWindowView } from '@patchgate/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { refresh } from '../../lib/refresh.js';

export function useCreateWindow() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof maintenanceWindowEndpoints.create>) =>
      call(maintenanceWindowEndpoints.create, { body }),
    onSuccess: () => refresh(queryClient, 'windows'),
  });
}

export function useUpdateWindow(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof maintenanceWindowEndpoints.update>) =>
      call(maintenanceWindowEndpoints.update, { params: { id }, body }),
    onSuccess: () => refresh(queryClient, 'windows'),
  });
}

/** Switches a window on or off and leaves all else of it as it is. */
export function useSwitchWindow(window: MaintenanceWindowView) {
  const update = useUpdateWindow(window.id);
  const { name, kind, time_zone, starts_at, duration_minutes, recurrence, last_start_minutes } = window;
  return () =>
    update.mutateAsync({
      ...{ name, kind, time_zone, starts_at, duration_minutes, recurrence, last_start_minutes },
      enabled: !window.enabled,
    });
}

export function useDeleteWindow(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(maintenanceWindowEndpoints.remove, { params: { id } }),
    onSuccess: () => refresh(queryClient, 'windows'),
  });
}
