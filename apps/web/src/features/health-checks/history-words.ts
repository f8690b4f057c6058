import type { HealthCheckView } from '@patchgate/contracts';
import { formatDuration } from '../../lib/times.js';
import type { Bucket, BucketState, StoredResult } from './history-buckets.js';

export const bucketWords: Record<BucketState, string> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  mixed: 'unhealthy in part',
  gap: 'in part without a result',
  none: 'no result',
};

/** Hours in a row that are alike. */
export interface Period {
  fromMs: number;
  toMs: number;
  state: BucketState;
}

export function periodsOf(buckets: readonly Bucket[]): Period[] {
  const periods: Period[] = [];
  for (const { fromMs, toMs, state } of buckets) {
    const last = periods.at(-1);
    if (last?.state === state) last.toMs = toMs;
    else periods.push({ fromMs, toMs, state });
  }
  return periods;
}

/** `99.9 %` of the results; never rounded up, so that 100 % means all. Null without a result. */
export function healthyShare(buckets: readonly Bucket[]): string | null {
  const healthy = buckets.reduce((sum, bucket) => sum + bucket.healthy, 0);
  const total = buckets.reduce((sum, bucket) => sum + bucket.healthy + bucket.unhealthy, 0);
  return total === 0 ? null : `${Math.floor((1000 * healthy) / total) / 10} %`;
}

/** The picture in one sentence, for those who do not see it. */
export function historyWords(buckets: readonly Bucket[]): string {
  const share = healthyShare(buckets);
  if (share === null) return 'Last 4 days: no result';
  const counted = (['unhealthy', 'mixed', 'gap', 'none'] as const).flatMap((state) => {
    const hours = buckets.filter((bucket) => bucket.state === state).length;
    return hours === 0 ? [] : [`${hours} h ${bucketWords[state]}`];
  });
  return [`Last 4 days: ${share} of results healthy`, ...counted].join(', ');
}

/** The results with the latest one the list knows: the list is renewed more often than the history. */
export function withLatest(
  results: readonly StoredResult[],
  latest: HealthCheckView['last_result'],
): readonly StoredResult[] {
  if (latest === null || results.some((result) => result.checked_at === latest.checked_at)) return results;
  return [{ ...latest, suspect: false }, ...results];
}

const justNowMs = 5_000;

/** For how long the status has been what it is: `3 d 2 h`. Clocks differ by a little: what is new is so for a moment. */
export function heldFor({ since }: Pick<HealthCheckView, 'since'>, nowMs: number): string {
  const heldMs = nowMs - Date.parse(since);
  return heldMs < justNowMs ? 'a moment' : formatDuration(heldMs);
}
