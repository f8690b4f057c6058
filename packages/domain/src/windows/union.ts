import { dayMs } from './local-time.js';
import { startsAfter } from './occurrences.js';
import type { Series } from './occurrences.js';
import type { Interval } from './window-rule.js';

/** Occurrences that overlap or touch, as one. */
export interface Block extends Interval {
  /** When something may be started in it, in order; never empty. */
  readonly starts: readonly Interval[];
  /** Cut off, because it may have no end: a window of 24 hours each day. */
  readonly isEndless: boolean;
}

/** A block that lasts longer counts as endless; longer than the longest single occurrence. */
const endlessMs = 400 * dayMs;

/**
 * The union of several series, one block a call and in order, null after the last.
 *
 * @param from blocks that close after it; one that is open then begins at the earliest of its occurrences that do
 * @param at from where a block that may have no end is followed
 */
export function blocksAfter(series: readonly Series[], from: number, at = from): () => Block | null {
  const nextOpening = openingsAfter(series, from);
  let ahead = nextOpening();
  return () => {
    if (ahead === null) return null;
    const { opensAt } = ahead;
    const endlessFrom = Math.max(opensAt, at) + endlessMs;
    let closesAt = opensAt;
    const starts: Interval[] = [];
    do {
      closesAt = Math.max(closesAt, ahead.closesAt);
      addTo(starts, { opensAt: ahead.opensAt, closesAt: ahead.startsUntil });
      ahead = nextOpening();
    } while (ahead !== null && ahead.opensAt <= closesAt && closesAt < endlessFrom);
    return { opensAt, closesAt, starts, isEndless: ahead !== null && ahead.opensAt <= closesAt };
  };
}

interface Opening extends Interval {
  readonly startsUntil: number;
}

/** The occurrences of all series, the earliest first. */
function openingsAfter(series: readonly Series[], from: number): () => Opening | null {
  const sources = series.map((each) => {
    const next = startsAfter(each, from);
    return { each, next, at: next()?.at ?? Infinity };
  });
  return () => {
    if (sources.length === 0) return null;
    const source = sources.reduce((earliest, other) => (other.at < earliest.at ? other : earliest));
    const { each, at } = source;
    if (at === Infinity) return null;
    source.at = source.next()?.at ?? Infinity;
    return { opensAt: at, closesAt: at + each.durationMs, startsUntil: at + each.startsForMs };
  };
}

/** Appends to a list in order, merging what touches. */
function addTo(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1);
  if (last === undefined || next.opensAt > last.closesAt) intervals.push(next);
  else if (next.closesAt > last.closesAt)
    intervals[intervals.length - 1] = { ...last, closesAt: next.closesAt };
}

/** The block that covers an instant, with its true beginning however long ago, or null. */
export function blockAt(series: readonly Series[], at: number): Block | null {
  for (let backMs = dayMs; ; backMs *= 8) {
    const from = at - Math.min(backMs, endlessMs);
    const next = blocksAfter(series, from, at);
    let block = next();
    while (block !== null && block.closesAt <= at) block = next();
    if (block === null || block.opensAt > at) return null;
    // Whatever touches it closes no earlier than it opens: after `from`, so that it would be part of it.
    if (block.opensAt > from || backMs >= endlessMs) return block;
  }
}
