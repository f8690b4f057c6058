import type { GateAttemptView } from '@patchgate/contracts';
import { placeIn } from '../../lib/time-span.js';
import type { TimeSpan } from '../../lib/time-span.js';

/** Attempts that stand so close on the axis that they share a dot; the latest of them is shown. */
export interface Dot {
  /** From 0, the opening, to 1, the close. */
  place: number;
  attempts: readonly GateAttemptView[];
}

export interface AxisMarks {
  dots: readonly Dot[];
  /** Where the next attempt stands; null while none is planned. */
  next: number | null;
  /** Where later attempts may stand before the close. */
  later: readonly number[];
}

/** How many dots fit beside each other on an axis. */
const dotsOnAxis = 24;
const usualRetryMs = 300_000;
const halfMinuteMs = 30_000;

/**
 * How far attempts are apart: the middle of what was seen, for a person may have asked in between or the job may have been
 * paused. Five minutes until enough was seen.
 */
export function retryMsOf(attempts: readonly Pick<GateAttemptView, 'started_at'>[]): number {
  const starts = attempts.map(({ started_at: at }) => Date.parse(at)).sort((one, other) => one - other);
  const gaps = starts
    .slice(1)
    .map((at, index) => at - (starts[index] ?? at))
    .sort((one, other) => one - other);
  const middle = gaps[Math.floor(gaps.length / 2)];
  if (middle === undefined || gaps.length < 2) return usualRetryMs;
  return Math.max(halfMinuteMs, Math.round(middle / halfMinuteMs) * halfMinuteMs);
}

/**
 * What stands where on the axis of a window: dots are evidence, the ring is the next attempt, points are what is left.
 *
 * @param attempts in any order
 * @param next the instant of the next attempt in milliseconds since 1970
 */
export function axisMarks(
  axis: TimeSpan,
  attempts: readonly GateAttemptView[],
  next: number | null,
): AxisMarks {
  const gap = 1 / dotsOnAxis;
  const dots: { place: number; attempts: GateAttemptView[] }[] = [];
  for (const attempt of attempts.toSorted((one, other) => one.attempt - other.attempt)) {
    const place = placeIn(axis, Date.parse(attempt.started_at));
    const last = dots.at(-1);
    if (last !== undefined && place - last.place < gap * 0.9) last.attempts.push(attempt);
    else dots.push({ place, attempts: [attempt] });
  }
  if (next === null) return { dots, next: null, later: [] };
  // Beside the last dot, not on it, where somebody asked out of turn.
  const ring = Math.max(placeIn(axis, next), (dots.at(-1)?.place ?? -1) + gap);
  if (ring > 1) return { dots, next: null, later: [] };
  const step = Math.max(gap, retryMsOf(attempts) / Math.max(1, axis.closesAt - axis.opensAt));
  const later: number[] = [];
  // Not on the closing line itself, where nothing starts any more.
  for (let place = ring + step; place < 1 - gap / 4; place += step) later.push(place);
  return { dots, next: ring, later };
}

/** How many attempts the window still has room for, from the next one on. */
export function attemptsLeft(axis: TimeSpan, next: number, retryMs: number): number {
  return next >= axis.closesAt ? 0 : 1 + Math.floor((axis.closesAt - next - 1) / retryMs);
}

/** Instants to be named on the axis, at most six, on whole steps a clock has; not so near an end that they cover its name. */
export function axisTicks({ opensAt, closesAt }: TimeSpan): number[] {
  const minute = 60_000;
  const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440].map((minutes) => minutes * minute);
  const span = closesAt - opensAt;
  const step =
    steps.find((candidate) => span / candidate <= 5) ??
    Math.ceil(span / 5 / (1_440 * minute)) * 1_440 * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil(opensAt / step) * step; at < closesAt; at += step) {
    if (at - opensAt > span * 0.12 && closesAt - at > span * 0.12) ticks.push(at);
  }
  return ticks;
}
