const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A distance in at most two units, short enough for a table cell: `12 s`, `4 min`, `3 h 12 min`, `3 d 2 h`.
 * Past thirty days the smaller unit says nothing any more and is left out.
 */
export function formatDuration(ms: number): string {
  const distance = Math.abs(ms);
  if (distance < minute) return `${Math.floor(distance / second)} s`;
  if (distance < hour) return `${Math.floor(distance / minute)} min`;
  if (distance < day) return joinUnits(distance, hour, 'h', minute, 'min');
  if (distance < 30 * day) return joinUnits(distance, day, 'd', hour, 'h');
  return `${Math.floor(distance / day)} d`;
}

function joinUnits(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const smallCount = Math.floor((ms % large) / small);
  const head = `${Math.floor(ms / large)} ${largeName}`;
  return smallCount === 0 ? head : `${head} ${smallCount} ${smallName}`;
}

/** A measured time as short as it stays honest: `0.4 ms`, `346 ms`, `10.0 s`. */
export function formatLatency(ms: number): string {
  if (ms >= second) return `${(ms / second).toFixed(1)} s`;
  return ms < 10 && !Number.isInteger(ms) ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** `just now`, `12 s ago`, `in 4 min`. Clocks differ by a little, so five seconds either way are now. */
export function formatRelative(instant: string, nowMs: number): string {
  const distance = Date.parse(instant) - nowMs;
  if (Math.abs(distance) < 5 * second) return 'just now';
  return distance > 0 ? `in ${formatDuration(distance)}` : `${formatDuration(distance)} ago`;
}

/** The instant to the second in one IANA zone, the zone named: `21 Nov 2026, 02:14:09 CET`. */
export function formatExact(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

const dayAndHour = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** `26 Mar, 02:00` */
export const formatHour = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { ...dayAndHour, timeZone }).format(new Date(atMs));

/** Two hours as one span: `26 Mar, 02:00 – 04:00`, with both days where they differ. */
export function formatHours(fromMs: number, toMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { ...dayAndHour, timeZone }).formatRange(
    new Date(fromMs),
    new Date(toMs),
  );
}

const hourAndMinute = { hour: '2-digit', minute: '2-digit' } as const;

/** `02:47`, for an axis or a line that says which day it is elsewhere. */
export const formatClock = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { ...hourAndMinute, timeZone }).format(new Date(atMs));

/** `02:45:04` */
export const formatClockSeconds = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { ...hourAndMinute, second: '2-digit', timeZone }).format(new Date(atMs));

/** `26 Mar` */
export const formatDay = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(new Date(atMs));

export const viewerZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
