import type { HealthCheckView } from '@patchgate/contracts';
import { formatDuration } from '../../lib/times.js';
import { historyHours, usableOf } from './history-buckets.js';
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

/**
 * For how long the status has been what it is: `3 d 2 h`, or `at least 4 d` when the history does not reach back to
 * its beginning. Null where nothing says it.
 */
export function heldFor(
  { status, created_at: createdAt }: Pick<HealthCheckView, 'status' | 'created_at'>,
  results: readonly StoredResult[],
  nowMs: number,
): string | null {
  const latestFirst = usableOf(results).toReversed();
  const isSame = (result: StoredResult) => (result.healthy ? 'healthy' : 'unhealthy') === status;
  const change = latestFirst.findIndex((result) => !isSame(result));
  const first = change === -1 ? latestFirst.at(-1) : latestFirst[change - 1];
  if (first === undefined) return null;
  const held = formatDuration(nowMs - Date.parse(first.checked_at));
  const reachesBack = nowMs - Date.parse(createdAt) < (historyHours - 1) * 3_600_000;
  return change === -1 && !reachesBack ? `at least ${held}` : held;
}
