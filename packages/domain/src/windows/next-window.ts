import { dayMs } from './local-time.js';
import type { Series } from './occurrences.js';
import { remainsOf, ruleSet } from './rule-set.js';
import { blocksAfter } from './union.js';
import type { Block } from './union.js';
import type { Interval, WindowRule } from './window-rule.js';

/** How many windows in a row may be lost to blackouts before the search ends: more than a year of nights. */
const windowsTried = 400;
/** And how far ahead of now or of the first: daylight saving has to be worked out for each year. */
const searchedMs = 10 * 366 * dayMs;

/** The blocks after an instant as far as it makes sense to look, then null. */
function searchedBlocks(series: readonly Series[], from: number): () => Block | null {
  const next = blocksAfter(series, from);
  let tried = 0;
  let last = Infinity;
  return () => {
    const block = tried < windowsTried ? next() : null;
    if (block === null || block.opensAt > last) return null;
    if (tried === 0) last = Math.max(block.opensAt, from) + searchedMs;
    tried = block.isEndless ? windowsTried : tried + 1;
    return block;
  };
}

/**
 * The next time at which something can be started, not counting the window that is open now or held by a blackout.
 *
 * @param now milliseconds since the epoch
 * @returns the first start and the close of that window; null when none comes, when the open one has no end, or when
 *   blackouts swallow the next 400 or those of ten years
 */
export function nextWindow(rules: readonly WindowRule[], now: number): Interval | null {
  const { maintenance, blackouts, hasUnreadableBlackout } = ruleSet(rules);
  if (hasUnreadableBlackout) return null;
  const next = searchedBlocks(maintenance, now);
  for (let block = next(); block !== null; block = next()) {
    if (block.opensAt <= now) continue;
    const { open, starts } = remainsOf(block, blackouts);
    const [first, last] = [starts.at(0), open.at(-1)];
    if (first !== undefined && last !== undefined) return { opensAt: first.opensAt, closesAt: last.closesAt };
  }
  return null;
}

/**
 * The times at which a host's windows are really open: the union of its maintenance windows less its blackouts.
 *
 * @param from milliseconds since the epoch; what closes later is in the list
 * @param limit how many at most
 */
export function openIntervals(
  rules: readonly WindowRule[],
  { from, limit }: { from: number; limit: number },
): Interval[] {
  const { maintenance, blackouts, hasUnreadableBlackout } = ruleSet(rules);
  const found: Interval[] = [];
  if (hasUnreadableBlackout) return found;
  const next = searchedBlocks(maintenance, from);
  for (let block = next(); block !== null && found.length < limit; block = next()) {
    found.push(...remainsOf(block, blackouts).open.filter(({ closesAt }) => closesAt > from));
  }
  return found.slice(0, limit);
}
