import { isUndispatched } from './run.js';
import type { RunStatus } from './run.js';

export type JobStatus =
  'queued' | 'running' | 'paused' | 'succeeded' | 'partially_failed' | 'failed' | 'cancelled';

/**
 * The status of a job, from its runs: it is never set by hand. A job whose runs have all ended is not paused any more.
 *
 * @param counts of its runs by status
 * @param hasStarted whether a run of it was ever looked at: an attempt was made, or more
 */
export function jobStatus(
  counts: Readonly<Partial<Record<RunStatus, number>>>,
  { isPaused, hasStarted }: { readonly isPaused: boolean; readonly hasStarted: boolean },
): JobStatus {
  const present = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status]) => status as RunStatus);
  const isOpen = present.some((status) => !isEnd(status));
  if (isOpen) {
    if (isPaused) return 'paused';
    return hasStarted || !present.every(isUndispatched) ? 'running' : 'queued';
  }
  if (present.every((status) => status === 'succeeded')) return 'succeeded';
  if (present.every((status) => status === 'cancelled')) return 'cancelled';
  return present.includes('succeeded') ? 'partially_failed' : 'failed';
}

const isEnd = (status: RunStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'indeterminate';
