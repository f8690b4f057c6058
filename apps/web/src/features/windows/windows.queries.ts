import { hostEndpoints, maintenanceWindowEndpoints } from '@patchgate/contracts';
import type { BodyOf, MaintenanceWindowView, ResponseOf } from '@patchgate/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import type { WindowSearch } from './window-search.js';

/** A window opens and closes without anything being changed, so no event tells of it. */
const renewedMs = 60_000;
const pageSize = 200;
/** More rows than this no board shows; the search finds the rest. */
const mostWindows = 1_000;

export type WindowFilter = Pick<WindowSearch, 'q' | 'kind' | 'group'>;
export interface Span {
  from: string;
  to: string;
}

/** All windows that match, each with its times within a span. */
export const windowsQuery = ({ q, kind, group }: WindowFilter, span: Span) =>
  queryOptions({
    queryKey: ['windows', 'list', { q, kind, group }, span],
    queryFn: async ({ signal }) => {
      const query = {
        ...span,
        limit: pageSize,
        ...(q !== undefined && { q }),
        ...(kind !== undefined && { kind }),
        ...(group !== undefined && { group }),
      };
      const items: MaintenanceWindowView[] = [];
      let [cursor, total]: [string | null, number] = ['', 0];
      while (cursor !== null && items.length < mostWindows) {
        const page: ResponseOf<typeof maintenanceWindowEndpoints.list> = await call(
          maintenanceWindowEndpoints.list,
          { query: { ...query, ...(cursor !== '' && { cursor }) } },
          signal,
        );
        items.push(...page.items);
        [cursor, total] = [page.next_cursor, page.total];
      }
      return { items, total };
    },
    placeholderData: keepPreviousData,
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
