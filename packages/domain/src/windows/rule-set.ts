import { seriesOf } from './occurrences.js';
import type { Series } from './occurrences.js';
import { subtract } from './subtract.js';
import { blocksAfter } from './union.js';
import type { Block } from './union.js';
import type { Interval, WindowRule } from './window-rule.js';

/** The rules of a host that hold, as numbers. */
export interface RuleSet {
  readonly maintenance: readonly Series[];
  readonly blackouts: readonly Series[];
  /** Nobody knows when such a blackout ends, so it holds for ever: a freeze must not end because a zone was renamed. */
  readonly hasUnreadableBlackout: boolean;
}

export function ruleSet(rules: readonly WindowRule[]): RuleSet {
  const maintenance: Series[] = [];
  const blackouts: Series[] = [];
  let hasUnreadableBlackout = false;
  for (const rule of rules) {
    if (!rule.enabled) continue;
    const series = seriesOf(rule);
    if (series !== null) (rule.kind === 'blackout' ? blackouts : maintenance).push(series);
    else if (rule.kind === 'blackout') hasUnreadableBlackout = true;
  }
  return { maintenance, blackouts, hasUnreadableBlackout };
}

/** What blackouts leave of a block of maintenance windows. */
export interface Remains {
  readonly holds: readonly Interval[];
  readonly open: readonly Interval[];
  /** When something may be started. */
  readonly starts: readonly Interval[];
}

export function remainsOf(block: Block, blackouts: readonly Series[]): Remains {
  const holds: Interval[] = [];
  const next = blocksAfter(blackouts, block.opensAt);
  for (let hold = next(); hold !== null && hold.opensAt < block.closesAt; hold = next()) {
    holds.push({ opensAt: hold.opensAt, closesAt: hold.isEndless ? Infinity : hold.closesAt });
    if (hold.isEndless) break;
  }
  return { holds, open: subtract([block], holds), starts: subtract(block.starts, holds) };
}
