import { remainsOf, ruleSet } from './rule-set.js';
import { blockAt } from './union.js';
import type { Interval, WindowRule } from './window-rule.js';

/** Instants in milliseconds since the epoch. `opensAt` and `closesAt` are the ends of what blackouts leave of the window. */
export type CurrentWindow =
  | (Interval & {
      readonly kind: 'open';
      /** The end of the last time in this window at which something may be started. */
      readonly startsUntil: number;
    })
  | (Interval & { readonly kind: 'blackout'; readonly until: number })
  | (Interval & {
      readonly kind: 'no_more_starts';
      /** In the same window: when a later occurrence of it opens, that is not yet in its last minutes. */
      readonly startsAgainAt: number | null;
    });

const covers = (now: number) => (interval: Interval) => interval.opensAt <= now && now < interval.closesAt;

/**
 * What a host's rules say of an instant. Its maintenance windows are one: the union of all occurrences, touching ones
 * merged, less the blackouts. A blackout that leaves something of the window only holds it, one over all the rest has
 * closed it.
 *
 * A window without an end (24 hours each day) is followed for 400 days, forward and back.
 *
 * @param rules the host's own and its groups'; disabled ones are ignored
 * @param now milliseconds since the epoch
 * @returns null outside of any window
 */
export function currentWindow(rules: readonly WindowRule[], now: number): CurrentWindow | null {
  const { maintenance, blackouts, hasUnreadableBlackout } = ruleSet(rules);
  const block = hasUnreadableBlackout ? null : blockAt(maintenance, now);
  if (block === null) return null;
  const { holds, open, starts } = remainsOf(block, blackouts);
  const [first, last] = [open.at(0), open.at(-1)];
  if (first === undefined || last === undefined || now >= last.closesAt) return null;
  const ends = { opensAt: first.opensAt, closesAt: last.closesAt };
  const hold = holds.find(covers(now));
  if (hold !== undefined) return { kind: 'blackout', until: hold.closesAt, ...ends };
  const lastStart = starts.at(-1);
  if (lastStart !== undefined && starts.some(covers(now))) {
    return { kind: 'open', startsUntil: lastStart.closesAt, ...ends };
  }
  const startsAgainAt = starts.find(({ opensAt }) => opensAt > now)?.opensAt ?? null;
  return { kind: 'no_more_starts', startsAgainAt, ...ends };
}
