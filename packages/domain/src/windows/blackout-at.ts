import { ruleSet } from './rule-set.js';
import { blockAt } from './union.js';
import type { Interval, WindowRule } from './window-rule.js';

/** The ends of what a `Date` can say. */
const allTime: Interval = { opensAt: -8.64e15, closesAt: 8.64e15 };

/**
 * The blackout that covers an instant, touching ones as one. It holds also what is not bound to a window.
 *
 * @param now milliseconds since the epoch
 * @returns null when there is none; all of time for a blackout that cannot be read
 */
export function blackoutAt(rules: readonly WindowRule[], now: number): Interval | null {
  const { blackouts, hasUnreadableBlackout } = ruleSet(rules);
  if (hasUnreadableBlackout) return allTime;
  const block = blockAt(blackouts, now);
  return block === null ? null : { opensAt: block.opensAt, closesAt: block.closesAt };
}
