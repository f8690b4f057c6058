import { jobStatus } from '@patchgate/contracts';
import type { JobStatusName } from '@patchgate/contracts';
import { oneOf, textOf } from '../../lib/search-params.js';

export interface JobSearch {
  q?: string | undefined;
  /** Live: with a host that has not ended; without it: all. */
  show?: 'live' | 'ended' | undefined;
  status?: JobStatusName | undefined;
}

export const parseJobSearch = (raw: Record<string, unknown>): JobSearch => ({
  q: textOf(raw.q),
  show: oneOf(['live', 'ended'] as const, raw.show),
  status: oneOf(jobStatus.options, raw.status),
});

export const isFiltered = (search: JobSearch): boolean =>
  Object.values(search).some((value) => value !== undefined);
