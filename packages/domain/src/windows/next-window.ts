import { remainsOf, ruleSet } from './rule-set.js';
import { blocksAfter } from './union.js';
import type { Interval, WindowRule } from './window-rule.js';

/** How many windows in a row may be lost to blackouts before the search ends: more than a year of nights. */
const windowsTried = 400;

/**
 * The next time at which something can be started, not counting the window that is open now or held by a blackout.
 *
 * @param now milliseconds since the epoch
 * @returns the first start and the close of that window; null when none comes, when the open one has no end, or when
 *   blackouts swallow the next 400
 */
export function nextWindow(rules: readonly WindowRule[], now: number): Interval | null {
  const { maintenance, blackouts, hasUnreadableBlackout } = ruleSet(rules);
  if (hasUnreadableBlackout) return null;
  const next = blocksAfter(maintenance, now);
  for (let tried = 0; tried < windowsTried; tried += 1) {
    const block = next();
    if (block === null) return null;
    if (block.opensAt > now) {
      const { open, starts } = remainsOf(block, blackouts);
      const [first, last] = [starts.at(0), open.at(-1)];
      if (first !== undefined && last !== undefined)
        return { opensAt: first.opensAt, closesAt: last.closesAt };
    }
    if (block.isEndless) return null;
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
  const next = blocksAfter(maintenance, from);
  let block = next();
  for (let tried = 0; block !== null && tried < windowsTried && found.length < limit; tried += 1) {
    found.push(...remainsOf(block, blackouts).open.filter(({ closesAt }) => closesAt > from));
    block = block.isEndless ? null : next();
  }
  return found.slice(0, limit);
}
