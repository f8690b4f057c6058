import type { PatchJobView } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import { partsOf } from '../../lib/job-progress.js';
import { momentInShort } from '../../lib/moments.js';

/** What was ordered, in a few words: `Security only`, `3 packages`, `All, without 2`. */
export function orderInShort({
  selection,
  packages,
  exclude,
}: Pick<PatchJobView, 'selection' | 'packages' | 'exclude'>): string {
  const but = exclude.length === 0 ? '' : `, without ${formatCount(exclude.length)}`;
  switch (selection) {
    case 'security':
      return `Security only${but}`;
    case 'all':
      return `All${but}`;
    case 'named':
      return packages?.length === 1
        ? `${packages[0] ?? ''}${but}`
        : `${countOf(packages?.length ?? 0, 'package')}${but}`;
  }
}

interface Failures {
  /** Against the budget. */
  text: string;
  isSpent: boolean;
  /** Also those that a person has accepted. */
  hasAny: boolean;
}

export function failuresOf({
  failures,
  max_failures: budget,
  run_counts: counts,
}: Pick<PatchJobView, 'failures' | 'max_failures' | 'run_counts'>): Failures {
  return {
    text: `${formatCount(failures)} of ${formatCount(budget)}`,
    isSpent: failures > budget,
    hasAny: counts.failed + counts.indeterminate > 0,
  };
}

/** Who has not ended, those at work first; null where everybody has. */
export function notEndedOf(job: Pick<PatchJobView, 'run_counts'>): string | null {
  const { waiting, queued, running } = partsOf(job);
  const words = [
    running > 0 && `${formatCount(running)} at work`,
    waiting > 0 && `${formatCount(waiting)} at gate`,
    queued > 0 && `${formatCount(queued)} queued`,
  ].filter((part) => part !== false);
  return words.length === 0 ? null : words.join(', ');
}

/** When it opens, closes or ended: `closes Fri 04:00`. */
export function timeOf(
  job: Pick<PatchJobView, 'ended_at' | 'window_opens_at' | 'window_closes_at' | 'deadline_at'>,
  nowMs: number,
  timeZone: string,
): string {
  const at = (instant: string): string => momentInShort(Date.parse(instant), nowMs, timeZone);
  if (job.ended_at !== null) return `ended ${at(job.ended_at)}`;
  if (job.window_opens_at !== null && Date.parse(job.window_opens_at) > nowMs) {
    return `opens ${at(job.window_opens_at)}`;
  }
  const close = job.window_closes_at ?? job.deadline_at;
  return close === null ? 'no window' : `closes ${at(close)}`;
}
