import { dayMs } from './local-time.js';
import { weekdays } from './window-rule.js';
import type { MonthlyRecurrence, Recurrence, Weekday } from './window-rule.js';

/** Days are counted from Thursday 1 January 1970. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The first day of a month, counted from January 1970. */
const firstDayOf = (month: number): number => Date.UTC(1970, month, 1) / dayMs;

export function monthOf(day: number): number {
  const date = new Date(day * dayMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/**
 * The first day of a series at or after another.
 *
 * @param firstDay on which the series begins; the only one of `once`
 * @returns null when none follows
 */
export function recurringDay(recurrence: Recurrence, firstDay: number, from: number): number | null {
  const day = Math.max(firstDay, from);
  switch (recurrence.freq) {
    case 'once':
      return day === firstDay ? day : null;
    case 'daily':
      return day;
    case 'weekly':
      return day + Math.min(...recurrence.days.map((each) => daysUntil(each, day)));
    case 'monthly':
      return monthlyDay(recurrence, day);
  }
}

function monthlyDay(recurrence: MonthlyRecurrence, from: number): number {
  // Ends within three months: no two in a row lack a day.
  for (let month = monthOf(from); ; month += 1) {
    const day = dayInMonth(recurrence, month);
    if (day !== null && day >= from) return day;
  }
}

/** The day of a month on which a rule starts, or null in a month without such a day. */
export function dayInMonth(recurrence: MonthlyRecurrence, month: number): number | null {
  const [first, next] = [firstDayOf(month), firstDayOf(month + 1)];
  switch (recurrence.on) {
    case 'day':
      return recurrence.day <= next - first ? first + recurrence.day - 1 : null;
    case 'last_day':
      return next - 1;
    case 'weekday':
      if (recurrence.nth === 'last') return next - 7 + daysUntil(recurrence.weekday, next - 7);
      return first + daysUntil(recurrence.weekday, first) + 7 * (recurrence.nth - 1);
  }
}

const daysUntil = (weekday: Weekday, day: number): number =>
  (weekdays.indexOf(weekday) - weekdayOf(day) + 7) % 7;
