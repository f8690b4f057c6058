import { parseLocal } from './local-time.js';
import { timeZone } from './time-zone.js';
import type { Recurrence, WindowRule } from './window-rule.js';

/** A freeze may last long; a year and a day is surely a slip. */
export const longestMinutes = 366 * 24 * 60;
const firstYear = '2000';
const lastYear = '2199';

/** What keeps a schedule from being read. */
export interface WindowFault {
  readonly field:
    'timeZone' | 'startsAt' | 'durationMinutes' | 'lastStartMinutes' | 'recurrence.days' | 'recurrence.day';
  readonly given: string;
  readonly expected: string;
}

/**
 * Everything that is wrong with a schedule. Such a rule never runs: it becomes neither "now" nor UTC, and as a blackout
 * it holds for ever, because nobody knows when it would have ended.
 */
export function windowFaults(rule: Omit<WindowRule, 'id' | 'enabled'>): WindowFault[] {
  const { kind, durationMinutes, lastStartMinutes } = rule;
  const latest = kind === 'blackout' ? 0 : durationMinutes - 1;
  return [
    ...zoneFaults(rule.timeZone),
    ...startFaults(rule.startsAt),
    ...numberFaults('durationMinutes', durationMinutes, 1, longestMinutes),
    ...(durationMinutes >= 1 ? numberFaults('lastStartMinutes', lastStartMinutes, 0, latest) : []),
    ...recurrenceFaults(rule.recurrence),
  ];
}

/** The first of `windowFaults`, or null for a schedule that can be read. */
export const windowFault = (rule: WindowRule): WindowFault | null => windowFaults(rule)[0] ?? null;

/** A fault as a sentence, without its field. */
export const faultSentence = ({ given, expected }: WindowFault): string =>
  `${given} cannot be read: expected ${expected}`;

function zoneFaults(name: string): WindowFault[] {
  if (timeZone(name) !== null) return [];
  const expected = 'the IANA name of a time zone, such as Europe/Berlin or UTC';
  return [{ field: 'timeZone', given: JSON.stringify(name), expected }];
}

function startFaults(startsAt: string): WindowFault[] {
  const year = startsAt.slice(0, 4);
  if (parseLocal(startsAt) !== null && year >= firstYear && year <= lastYear) return [];
  const expected = `a date and time that exist, as YYYY-MM-DDTHH:mm, in the years ${firstYear} to ${lastYear}`;
  return [{ field: 'startsAt', given: JSON.stringify(startsAt), expected }];
}

function recurrenceFaults(recurrence: Recurrence): WindowFault[] {
  if (recurrence.freq === 'weekly' && recurrence.days.length === 0) {
    return [{ field: 'recurrence.days', given: 'no day', expected: 'at least one day of the week' }];
  }
  if (recurrence.freq !== 'monthly' || recurrence.on !== 'day') return [];
  return numberFaults('recurrence.day', recurrence.day, 1, 31);
}

function numberFaults(field: WindowFault['field'], value: number, from: number, to: number): WindowFault[] {
  if (Number.isInteger(value) && value >= from && value <= to) return [];
  const expected = from === to ? String(from) : `a whole number from ${from} to ${to}`;
  return [{ field, given: String(value), expected }];
}
