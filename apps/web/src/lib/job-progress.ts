import type { PatchJobView, RunStatusName } from '@patchgate/contracts';
import { formatCount } from './counts.js';

export type Part = 'succeeded' | 'failed' | 'unknown' | 'skipped' | 'running' | 'waiting' | 'queued';

/** In the order of a bar: what is over, what is under way, what is to come. */
export const parts = ['succeeded', 'failed', 'unknown', 'skipped', 'running', 'waiting', 'queued'] as const;

const partWords: Record<Part, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  unknown: 'of unknown outcome',
  skipped: 'skipped',
  running: 'being patched',
  waiting: 'waiting for health',
  queued: 'queued',
};

function partOf(status: RunStatusName): Part {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'queued':
      return status;
    case 'indeterminate':
      return 'unknown';
    case 'cancelled':
      return 'skipped';
    case 'waiting_health_check':
      return 'waiting';
    case 'dispatching':
    case 'running':
    case 'rebooting':
    case 'verifying':
      return 'running';
  }
}

/** How many hosts of a job are where, in seven kinds instead of ten statuses. */
export function partsOf({ run_counts: counts }: Pick<PatchJobView, 'run_counts'>): Record<Part, number> {
  const of: Record<Part, number> = {
    ...{ succeeded: 0, failed: 0, unknown: 0, skipped: 0 },
    ...{ running: 0, waiting: 0, queued: 0 },
  };
  for (const [status, count] of Object.entries(counts)) of[partOf(status as RunStatusName)] += count;
  return of;
}

/** The hosts that have ended, however they did. */
export function endedOf(job: Pick<PatchJobView, 'run_counts'>): number {
  const { succeeded, failed, unknown, skipped } = partsOf(job);
  return succeeded + failed + unknown + skipped;
}

/** `12 succeeded, 1 failed, 4 waiting for health`; what there is none of is not said. */
export function progressInWords(job: Pick<PatchJobView, 'run_counts'>): string {
  const of = partsOf(job);
  return parts
    .filter((part) => of[part] > 0)
    .map((part) => `${formatCount(of[part])} ${partWords[part]}`)
    .join(', ');
}
