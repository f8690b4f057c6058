import { weekdays } from '@patchgate/domain';
import type { Occurrence, Shift, WindowRule } from '@patchgate/domain';
import { DateTime, IANAZone } from 'luxon';
import type { WindowCase } from './window-case.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The times of a rule worked out by going through the days of a calendar and asking a zone for each instant. */
export function occurrencesByLuxon({ rule, from }: WindowCase, limit: number): Occurrence[] {
  const start = DateTime.fromISO(rule.startsAt, { zone: 'utc' });
  const longestMs = rule.durationMinutes * minuteMs + 3 * dayMs;
  let day = DateTime.max(start, start.set(dayOf(from - longestMs)));
  const found: Occurrence[] = [];
  // Twelve years have each weekday and a 29 February.
  const end = day.plus({ years: 12 });
  while (found.length < limit && day < end) {
    if (falls(rule, start, day)) {
      const { at, shift } = startOf(rule.timeZone, day.toMillis());
      const closesAt = at + rule.durationMinutes * minuteMs;
      const localStart = day.toISO()?.slice(0, 16) ?? '';
      if (closesAt > from) found.push({ opensAt: at, closesAt, shift, localStart });
    }
    if (rule.recurrence.freq === 'once') break;
    day = day.plus({ days: 1 });
  }
  return found;
}

const dayOf = (at: number) => {
  const { year, month, day } = DateTime.fromMillis(at, { zone: 'utc' });
  return { year, month, day };
};

function falls({ recurrence }: WindowRule, start: DateTime, day: DateTime): boolean {
  switch (recurrence.freq) {
    case 'once':
      return day.hasSame(start, 'day');
    case 'daily':
      return true;
    case 'weekly':
      return recurrence.days.includes(weekdayOf(day));
    case 'monthly':
      switch (recurrence.on) {
        case 'day':
          return day.day === recurrence.day;
        case 'last_day':
          return day.day === day.daysInMonth;
        case 'weekday':
          if (weekdayOf(day) !== recurrence.weekday) return false;
          return recurrence.nth === 'last'
            ? day.day + 7 > (day.daysInMonth ?? 0)
            : Math.ceil(day.day / 7) === recurrence.nth;
      }
  }
}

const weekdayOf = (day: DateTime) => weekdays[day.weekday - 1] ?? 'mon';

/** Of all instants that a zone shows as this local time the first; the end of the gap when there is none. */
function startOf(name: string, localMs: number): { at: number; shift: Shift } {
  const zone = IANAZone.create(name);
  const offsetMs = (at: number) => Math.round(zone.offset(at) * minuteMs);
  const offsets = new Set([-2, -1, 0, 1, 2].map((days) => offsetMs(localMs + days * dayMs)));
  const instants = [...offsets]
    .map((offset) => localMs - offset)
    .filter((at) => at + offsetMs(at) === localMs)
    .sort((a, b) => a - b);
  const [at] = instants;
  if (at !== undefined) return { at, shift: instants.length > 1 ? 'overlap' : 'none' };
  let [before, after] = [localMs - 2 * dayMs, localMs + 2 * dayMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetMs(middle) < localMs) before = middle;
    else after = middle;
  }
  return { at: after, shift: 'gap' };
}
