const day = 86_400_000;

const partsOf = (atMs: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(new Date(atMs));

const hourOf = (atMs: number, timeZone: string): string =>
  partsOf(atMs, timeZone, { hour: '2-digit', minute: '2-digit' });

const dateOf = (atMs: number, timeZone: string): string =>
  partsOf(atMs, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** A weekday alone names one day only among the seven around today; today's own is said of today and no other. */
function isThisWeek(atMs: number, nowMs: number, timeZone: string): boolean {
  const weekdayOf = (ms: number): string => partsOf(ms, timeZone, { weekday: 'short' });
  const isSameDay = dateOf(atMs, timeZone) === dateOf(nowMs, timeZone);
  return Math.abs(atMs - nowMs) < 7 * day && (isSameDay || weekdayOf(atMs) !== weekdayOf(nowMs));
}

/** For a cell: `Fri 22:00`, and beyond the week `Sat 4 Apr 01:00`. */
export function momentInShort(atMs: number, nowMs: number, timeZone: string): string {
  const options = isThisWeek(atMs, nowMs, timeZone)
    ? ({ weekday: 'short' } as const)
    : ({ weekday: 'short', day: 'numeric', month: 'short' } as const);
  return `${partsOf(atMs, timeZone, options).replace(',', '')} ${hourOf(atMs, timeZone)}`;
}

/** For a sentence: `now`, `today at 22:00`, `tomorrow at 01:00`, `on Friday at 22:00`, `on 4 April at 01:00`. */
export function momentInWords(atMs: number, nowMs: number, timeZone: string): string {
  if (atMs <= nowMs + 60_000) return 'now';
  const hour = hourOf(atMs, timeZone);
  const date = dateOf(atMs, timeZone);
  if (date === dateOf(nowMs, timeZone)) return `today at ${hour}`;
  if (date === dateOf(nowMs + day, timeZone)) return `tomorrow at ${hour}`;
  const name = isThisWeek(atMs, nowMs, timeZone)
    ? partsOf(atMs, timeZone, { weekday: 'long' })
    : partsOf(atMs, timeZone, { day: 'numeric', month: 'long' });
  return `on ${name} at ${hour}`;
}

/** `Fri 22:00 to Sat 02:00`; the day is said once where it is the same. */
export function spanInShort(fromMs: number, toMs: number, nowMs: number, timeZone: string): string {
  const isSameDay = dateOf(fromMs, timeZone) === dateOf(toMs, timeZone);
  const end = isSameDay ? hourOf(toMs, timeZone) : momentInShort(toMs, nowMs, timeZone);
  return `${momentInShort(fromMs, nowMs, timeZone)} to ${end}`;
}

/** The zone's own short name at an instant: `CET`. */
export function zoneName(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(
    new Date(atMs),
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
