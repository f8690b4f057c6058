import { patchRunEndpoints } from '@patchgate/contracts';
import type { LogLineView } from '@patchgate/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import type { RunKey } from './run.queries.js';

const linesPerCall = 5_000;

/** The whole log. What is known already is kept: a log that grows is asked only for what is new. */
export const logQuery = ({ jobId, runId }: RunKey, queryClient: QueryClient) => {
  const queryKey = ['run-log', runId];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<LogLineView[]> => {
      const lines = [...(queryClient.getQueryData<LogLineView[]>(queryKey) ?? [])];
      for (;;) {
        const { items } = await call(
          patchRunEndpoints.log,
          {
            params: { id: jobId, run_id: runId },
            query: { after: lines.at(-1)?.seq ?? 0, limit: linesPerCall },
          },
          signal,
        );
        lines.push(...items);
        if (items.length < linesPerCall) return lines;
      }
    },
    // The same array for as long as nothing is new: thousands of lines are not compared one by one.
    structuralSharing: (before, now) =>
      Array.isArray(before) && Array.isArray(now) && before.length === now.length ? before : now,
  });
};
