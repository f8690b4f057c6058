import { healthCheckEndpoints, hostEndpoints } from '@patchgate/contracts';
import type { HealthCheckView, ResponseOf } from '@patchgate/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nowMs } from '../../lib/clock.js';
import { historyHours } from './history-buckets.js';
import type { StoredResult } from './history-buckets.js';

export interface History {
  results: readonly StoredResult[];
  /** When they were asked for; nothing is known of the time after it. */
  asOfMs: number;
}

/**
 * Four days of results. Not below the host's key: they are a thousand rows, and whatever changes on the host would
 * fetch them anew. A change of the check's own status does, and so does coming back to the page.
 */
export const historyQuery = ({ id, host_id: hostId, status, revision }: HealthCheckView) =>
  queryOptions({
    queryKey: ['health-check-results', id, revision, status],
    queryFn: ({ signal }) => fetchHistory({ id: hostId, check_id: id }, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

async function fetchHistory(params: { id: string; check_id: string }, signal: AbortSignal): Promise<History> {
  const asOfMs = nowMs();
  const from = new Date(asOfMs - historyHours * 3_600_000).toISOString();
  const results: StoredResult[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: { from: string; cursor?: string } = { from, ...(cursor !== '' && { cursor }) };
    const page: ResponseOf<typeof healthCheckEndpoints.results> = await call(
      healthCheckEndpoints.results,
      { params, query },
      signal,
    );
    results.push(...page.items);
    cursor = page.next_cursor;
  }
  return { results, asOfMs };
}

/** Hosts to copy checks to, by name. */
export const copyTargetsQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'copy-targets', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 30 } }, signal),
    placeholderData: keepPreviousData,
  });
