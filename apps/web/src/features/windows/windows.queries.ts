import { hostEndpoints, maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { BodyOf } from '@patchgate/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { allWindows, renewedMs } from '../../lib/all-windows.js';
import { call } from '../../lib/api.js';
import type { WindowSearch } from './window-search.js';

export type WindowFilter = Pick<WindowSearch, 'q' | 'kind' | 'group'>;
export interface Span {
  from: string;
  to: string;
}

/** All windows that match, each with its times within a span. */
export const windowsQuery = ({ q, kind, group }: WindowFilter, span: Span) =>
  queryOptions({
    queryKey: ['windows', 'list', { q, kind, group }, span],
    queryFn: ({ signal }) => allWindows({ ...span, q, kind, group }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: renewedMs,
  });

/**
 * The jobs of the windows that are open, and when the gate was tried in them. No event renews it: runs change all the
 * time, the gate is tried every five minutes, and of ten thousand runs the answer takes a third of a second.
 */
export const windowActivityQuery = queryOptions({
  queryKey: ['window-activity'],
  queryFn: async ({ signal }) => {
    const { items } = await call(maintenanceWindowEndpoints.activity, {}, signal);
    return new Map(items.map((item) => [item.window_id, item]));
  },
  refetchInterval: renewedMs,
});

export const hostWindowsQuery = (hostId: string) =>
  queryOptions({
    queryKey: ['windows', 'of-host', hostId],
    queryFn: ({ signal }) => call(maintenanceWindowEndpoints.ofHost, { params: { id: hostId } }, signal),
    refetchInterval: renewedMs,
  });

/** The next ten times of what is being written; null while it cannot be read yet. */
export const previewQuery = (schedule: BodyOf<typeof maintenanceWindowEndpoints.preview> | null) =>
  queryOptions({
    queryKey: ['windows', 'preview', schedule],
    queryFn: ({ signal }) => {
      if (schedule === null) throw new Error('asked for a preview of nothing');
      return call(maintenanceWindowEndpoints.preview, { body: schedule }, signal);
    },
    enabled: schedule !== null,
    placeholderData: keepPreviousData,
  });

export const hostChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'choices', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 30 } }, signal),
    placeholderData: keepPreviousData,
  });
