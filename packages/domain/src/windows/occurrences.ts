import { dayMs, formatLocal, minuteMs, parseLocal } from './local-time.js';
import { recurringDay } from './recurring-day.js';
import { timeZone } from './time-zone.js';
import type { TimeZone } from './time-zone.js';
import { windowFault } from './window-fault.js';
import type { Occurrence, Recurrence, Shift, WindowRule } from './window-rule.js';

/** A rule as numbers. */
export interface Series {
  readonly zone: TimeZone;
  readonly recurrence: Recurrence;
  readonly firstDay: number;
  readonly timeOfDayMs: number;
  readonly durationMs: number;
  /** From the opening to the last start. */
  readonly startsForMs: number;
}

interface Start {
  readonly localMs: number;
  readonly at: number;
  readonly shift: Shift;
}

// Thousands of hosts share a rule, and a zone's name and a date are slow to read.
const known = new WeakMap<WindowRule, Series | null>();

/** Null for a rule that cannot be read (`windowFaults`). */
export function seriesOf(rule: WindowRule): Series | null {
  const series = known.get(rule);
  if (series !== undefined) return series;
  const read = readSeries(rule);
  known.set(rule, read);
  return read;
}

function readSeries(rule: WindowRule): Series | null {
  const [zone, localMs] = [timeZone(rule.timeZone), parseLocal(rule.startsAt)];
  if (zone === null || localMs === null || windowFault(rule) !== null) return null;
  const firstDay = Math.floor(localMs / dayMs);
  return {
    zone,
    recurrence: rule.recurrence,
    firstDay,
    timeOfDayMs: localMs - firstDay * dayMs,
    durationMs: rule.durationMinutes * minuteMs,
    startsForMs: (rule.durationMinutes - rule.lastStartMinutes) * minuteMs,
  };
}

/**
 * The starts of a series whose occurrences close after an instant, one a call and in order, null after the last.
 *
 * @param from milliseconds since the epoch
 */
export function startsAfter(series: Series, from: number): () => Start | null {
  const { zone, recurrence, firstDay, timeOfDayMs, durationMs } = series;
  // No zone is further than a day from UTC, and no gap longer than one (Apia, 30 December 2011).
  let day = Math.floor((from - durationMs) / dayMs) - 2;
  return function next(): Start | null {
    const found = recurringDay(recurrence, firstDay, day);
    if (found === null) return null;
    day = found + 1;
    const localMs = found * dayMs + timeOfDayMs;
    const { at, shift } = zone.instantOf(localMs);
    return at + durationMs > from ? { localMs, at, shift } : next();
  };
}

/**
 * The occurrences of a rule that close after an instant, earliest first, whether it is enabled or not.
 *
 * A start that a zone's clocks skip moves on to the first instant there is, one that comes twice is its first; the
 * duration is elapsed time. A rule that cannot be read has none.
 *
 * @param from milliseconds since the epoch
 * @param limit how many at most
 */
export function occurrences(
  rule: WindowRule,
  { from, limit }: { from: number; limit: number },
): Occurrence[] {
  const series = seriesOf(rule);
  if (series === null) return [];
  const next = startsAfter(series, from);
  const found: Occurrence[] = [];
  for (let start = next(); start !== null && found.length < limit; start = next()) {
    const { localMs, at, shift } = start;
    found.push({ opensAt: at, closesAt: at + series.durationMs, shift, localStart: formatLocal(localMs) });
  }
  return found;
}
