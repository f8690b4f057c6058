import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import type { TimeSpan } from '../../lib/time-span.js';

type Times = Pick<
  PatchJobView,
  'created_at' | 'window_opens_at' | 'window_closes_at' | 'ended_at' | 'expected_end_at'
>;

/**
 * From the first opening to the last close of what has not ended; of what is over, from its beginning to its end. Null
 * while no window is known.
 */
export function spanOf(job: Times, batches: JobBoardView['batches']): TimeSpan | null {
  const { window_opens_at: opens, window_closes_at: closes, ended_at: ended } = job;
  if (ended !== null) {
    const started = batches.flatMap(({ started_at: at }) => (at === null ? [] : Date.parse(at)));
    return { opensAt: Math.min(Date.parse(ended), ...started), closesAt: Date.parse(ended) };
  }
  if (opens === null || closes === null) return null;
  return { opensAt: Date.parse(opens), closesAt: Date.parse(closes) };
}
