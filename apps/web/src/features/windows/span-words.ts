import { formatDay } from '../../lib/times.js';

/** `02:14`, of an instant in a zone. */
export const clockIn = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** `02:00 to 04:00`, with the days where they differ. */
export function spanWords(
  { opensAt, closesAt }: { opensAt: number; closesAt: number },
  zone: string,
): string {
  const [from, to] = [clockIn(opensAt, zone), clockIn(closesAt, zone)];
  // What ends at midnight ends with its day.
  if (formatDay(opensAt, zone) === formatDay(closesAt - 1, zone)) return `${from} to ${to}`;
  if (closesAt - opensAt < 86_400_000) return `${from} to ${to} next day`;
  return `${formatDay(opensAt, zone)}, ${from} to ${formatDay(closesAt, zone)}, ${to}`;
}

/** `Thu 26 Mar` of a local date. */
export const weekdayDate = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
    .format(new Date(`${date.slice(0, 10)}T00:00Z`))
    .replace(',', '');

/** `Thursday 26 March` of a local date, with the year where it is another than the one of now. */
export const longDate = (date: string, today: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(date.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
  })
    .format(new Date(`${date}T00:00Z`))
    .replace(',', '');

/** The abbreviation of a zone at an instant, such as `CET`; `GMT+5:30` where it has none. */
export const zoneWord = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** `Berlin` of `Europe/Berlin`. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
