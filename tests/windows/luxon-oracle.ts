import { weekdays } from '@patchgate/domain';
import type { Occurrence, Shift, Weekday, WindowRule } from '@patchgate/domain';
import { DateTime, IANAZone } from 'luxon';
import type { WindowCase } from './window-case.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What luxon's calendar says of a day, counted from 1970; each is asked for once, they come up by the thousand. */
interface DayFacts {
  readonly date: string;
  readonly weekday: Weekday;
  readonly day: number;
  readonly daysInMonth: number;
}
const known = new Map<number, DayFacts>();
function factsOf(dayNumber: number): DayFacts {
  const asked = known.get(dayNumber);
  if (asked !== undefined) return asked;
  const date = DateTime.fromMillis(dayNumber * dayMs, { zone: 'utc' });
  const facts = {
    date: date.toISODate() ?? '',
    weekday: weekdays[date.weekday - 1] ?? 'mon',
    day: date.day,
    daysInMonth: date.daysInMonth ?? 0,
  };
  known.set(dayNumber, facts);
  return facts;
}

/** Twelve years have each weekday and a 29 February. */
const searchedDays = 12 * 366;

/** The times of a rule worked out by going through the days of a calendar and asking a zone for each instant. */
export function occurrencesByLuxon({ rule, from }: WindowCase, limit: number): Occurrence[] {
  const [, time = ''] = rule.startsAt.split('T');
  const firstMs = DateTime.fromISO(rule.startsAt, { zone: 'utc' }).toMillis();
  const first = Math.floor(firstMs / dayMs);
  const lookedFrom = Math.floor((from - rule.durationMinutes * minuteMs) / dayMs) - 3;
  const found: Occurrence[] = [];
  let day = Math.max(first, lookedFrom);
  for (const end = day + searchedDays; day < end && found.length < limit; day += 1) {
    if (rule.recurrence.freq === 'once' && day > first) break;
    const facts = factsOf(day);
    if (!falls(rule, facts)) continue;
    const { at, shift } = startOf(rule.timeZone, firstMs + (day - first) * dayMs);
    const closesAt = at + rule.durationMinutes * minuteMs;
    if (closesAt > from) found.push({ opensAt: at, closesAt, shift, localStart: `${facts.date}T${time}` });
  }
  return found;
}

/** On which days, `once` apart, which has only one. */
function falls({ recurrence }: WindowRule, { weekday, day, daysInMonth }: DayFacts): boolean {
  switch (recurrence.freq) {
    case 'once':
    case 'daily':
      return true;
    case 'weekly':
      return recurrence.days.includes(weekday);
    case 'monthly':
      switch (recurrence.on) {
        case 'day':
          return day === recurrence.day;
        case 'last_day':
          return day === daysInMonth;
        case 'weekday':
          if (weekday !== recurrence.weekday) return false;
          return recurrence.nth === 'last' ? day + 7 > daysInMonth : Math.ceil(day / 7) === recurrence.nth;
      }
  }
}

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
