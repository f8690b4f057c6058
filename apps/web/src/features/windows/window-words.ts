import type { MaintenanceWindowView, RecurrenceView } from '@patchgate/contracts';
import { weekdays } from '@patchgate/domain';
import type { Weekday } from '@patchgate/domain';

export const dayWords: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const nthWords = { 1: 'First', 2: 'Second', 3: 'Third', 4: 'Fourth', last: 'Last' } as const;

/** `1 h 30 min`, `3 d`: a length as a person writes it, and `parseMinutes` reads it. */
export function minuteWords(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, rest > 0 && `${rest} min`];
  return parts.filter(Boolean).join(' ') || '0 min';
}

/** Reads `90`, `90 min`, `1 h 30 min`, `1.5 h` or `3 d` as minutes; null for what is no length. */
export function parseMinutes(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  const parts =
    /^(?:(?<days>\d+(?:\.\d+)?) ?d(?:ays?)?)? ?(?:(?<hours>\d+(?:\.\d+)?) ?h(?:ours?)?)? ?(?:(?<minutes>\d+) ?m(?:in|inutes?)?)?$/.exec(
      trimmed,
    )?.groups;
  if (trimmed === '' || parts === undefined) return null;
  const { days = '0', hours = '0', minutes = '0' } = parts;
  return Math.round(Number(days) * 1440 + Number(hours) * 60 + Number(minutes));
}

/** `Every day`, `Mon, Thu`, `Second Tuesday of each month`. */
export function recurrenceWords(recurrence: RecurrenceView, startsAt: string): string {
  switch (recurrence.freq) {
    case 'once':
      return `Once, ${dateWords(startsAt)}`;
    case 'daily':
      return 'Every day';
    case 'weekly':
      return weeklyWords(recurrence.days);
    case 'monthly':
      switch (recurrence.on) {
        case 'day':
          return `Day ${recurrence.day} of each month`;
        case 'last_day':
          return 'Last day of each month';
        case 'weekday':
          return `${nthWords[recurrence.nth]} ${dayWords[recurrence.weekday]} of each month`;
      }
  }
}

function weeklyWords(days: readonly Weekday[]): string {
  if (days.length === 7) return 'Every day';
  if (days.length === 5 && weekdays.slice(0, 5).every((day) => days.includes(day))) return 'Monday to Friday';
  if (days.length === 1) return days.map((day) => `Every ${dayWords[day]}`).join();
  return days.map((day) => dayWords[day].slice(0, 3)).join(', ');
}

/** `26 Mar 2026` of a local time. */
const dateWords = (local: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${local.slice(0, 10)}T00:00Z`));

/** `02:00, 1 h 30 min` */
export const timeWords = ({ starts_at, duration_minutes }: MaintenanceWindowView): string =>
  `${starts_at.slice(11)}, ${minuteWords(duration_minutes)}`;

export const kindWords = { maintenance: 'window', blackout: 'blackout' } as const;
