import { dayMs, parseLocal } from './local-time.js';
import { dayInMonth, monthOf } from './recurring-day.js';
import type { MonthlyRecurrence } from './window-rule.js';

/**
 * The months between two local times that a monthly rule leaves out because they lack its day.
 *
 * @param fromLocal `YYYY-MM-DDTHH:mm`, as `untilLocal`; both months are looked at
 * @returns as `YYYY-MM`
 */
export function skippedMonths(
  recurrence: MonthlyRecurrence,
  fromLocal: string,
  untilLocal: string,
): string[] {
  const [from, until] = [parseLocal(fromLocal), parseLocal(untilLocal)];
  if (from === null || until === null) return [];
  const skipped: string[] = [];
  for (
    let month = monthOf(Math.floor(from / dayMs));
    month <= monthOf(Math.floor(until / dayMs));
    month += 1
  ) {
    if (dayInMonth(recurrence, month) === null) {
      skipped.push(new Date(Date.UTC(1970, month, 1)).toISOString().slice(0, 7));
    }
  }
  return skipped;
}
