import type { StoredResultView } from '@patchgate/contracts';
import { freshForMs } from '@patchgate/domain';
import type { PollingRules } from './polling-rules.js';

export type StoredResult = StoredResultView;

/** `gap`: healthy as far as it was asked, but for a part of the hour nobody knows. `none`: nothing is known at all. */
export type BucketState = 'healthy' | 'unhealthy' | 'mixed' | 'gap' | 'none';

export interface Bucket {
  fromMs: number;
  toMs: number;
  healthy: number;
  unhealthy: number;
  state: BucketState;
}

const hourMs = 3_600_000;
export const historyHours = 96;

interface Span {
  /** No hour before it can miss anything; milliseconds since the epoch, as all here. */
  createdAtMs: number;
  /** When the results were fetched: of the time after it nothing is claimed. */
  asOfMs: number;
  rules: PollingRules;
}

/** Oldest first, without those the worker doubted. */
const usableOf = (results: readonly StoredResult[]): StoredResult[] =>
  results.filter((result) => !result.suspect).toSorted((one, other) => atOf(one) - atOf(other));

/**
 * The hours of the last four days, the current one last.
 *
 * @param results in any order
 */
export function bucketsOf(results: readonly StoredResult[], { createdAtMs, asOfMs, rules }: Span): Bucket[] {
  const usable = usableOf(results);
  const freshMs = freshForMs(intervalOf(usable, rules), rules.checkTimeoutMs);
  const currentHourMs = Math.floor(asOfMs / hourMs) * hourMs;
  let next = 0;
  return Array.from({ length: historyHours }, (_, index) => {
    const fromMs = currentHourMs - (historyHours - 1 - index) * hourMs;
    const toMs = fromMs + hourMs;
    while (next < usable.length && timeAt(usable, next) < fromMs) next += 1;
    const first = next;
    while (next < usable.length && timeAt(usable, next) < toMs) next += 1;
    const inside = usable.slice(first, next);
    const unhealthy = inside.filter((result) => !result.healthy).length;
    const healthy = inside.length - unhealthy;
    const asked = { fromMs: Math.max(fromMs, createdAtMs), toMs: Math.min(toMs, asOfMs) };
    const before = first > 0 ? timeAt(usable, first - 1) : null;
    const isWhole = isCovered(before, inside.map(atOf), asked, freshMs);
    return { fromMs, toMs, healthy, unhealthy, state: stateOf(healthy, unhealthy, isWhole) };
  });
}

function stateOf(healthy: number, unhealthy: number, isWhole: boolean): BucketState {
  if (healthy + unhealthy === 0) return 'none';
  if (unhealthy > 0) return healthy > 0 ? 'mixed' : 'unhealthy';
  return isWhole ? 'healthy' : 'gap';
}

/** Whether some result spoke for each moment of the span: a stale one speaks for none. */
function isCovered(
  before: number | null,
  timesMs: readonly number[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  freshMs: number,
): boolean {
  let knownUntilMs = before === null ? fromMs + freshMs : Math.max(before, fromMs - freshMs) + freshMs;
  for (const atMs of timesMs) {
    if (atMs > knownUntilMs) return false;
    knownUntilMs = atMs + freshMs;
  }
  return knownUntilMs >= toMs;
}

/**
 * How often the check was asked, told by its results where that was rarer than it is now: the median tells it in spite
 * of second looks and outages.
 */
function intervalOf(usable: readonly StoredResult[], { pollIntervalMs }: PollingRules): number {
  const gaps = usable
    .slice(1)
    .map((result, index) => atOf(result) - timeAt(usable, index))
    .toSorted((one, other) => one - other);
  return Math.max(pollIntervalMs, gaps[Math.floor(gaps.length / 2)] ?? 0);
}

const atOf = (result: StoredResult): number => Date.parse(result.checked_at);
const timeAt = (results: readonly StoredResult[], index: number): number => {
  const result = results[index];
  return result === undefined ? Number.POSITIVE_INFINITY : atOf(result);
};
