import { jobStatus } from '@patchgate/contracts';
import type { JobStatusName } from '@patchgate/contracts';
import { oneOf, textOf } from '../../lib/search-params.js';

export interface JobsSearch {
  q?: string | undefined;
  /** Live: with a host that has not ended; without it: all. */
  show?: 'live' | 'ended' | undefined;
  status?: JobStatusName | undefined;
}

export const parseJobsSearch = (raw: Record<string, unknown>): JobsSearch => ({
  q: textOf(raw.q),
  show: oneOf(['live', 'ended'] as const, raw.show),
  status: oneOf(jobStatus.options, raw.status),
});

export const isFiltered = (search: JobsSearch): boolean =>
  Object.values(search).some((value) => value !== undefined);
