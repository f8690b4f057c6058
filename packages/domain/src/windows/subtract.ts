import type { Interval } from './window-rule.js';

/**
 * What is left of intervals outside others. Both lists are in order and apart.
 *
 * @returns in order; nothing empty
 */
export function subtract(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  return intervals.flatMap((interval) => without(interval, others));
}

function without({ opensAt, closesAt }: Interval, others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let from = opensAt;
  for (const other of others) {
    if (other.closesAt <= from) continue;
    if (other.opensAt >= closesAt) break;
    if (other.opensAt > from) left.push({ opensAt: from, closesAt: other.opensAt });
    from = other.closesAt;
  }
  if (from < closesAt) left.push({ opensAt: from, closesAt });
  return left;
}
