import { blackoutAt } from '../windows/blackout-at.js';
import { currentWindow } from '../windows/current-window.js';
import { nextWindow } from '../windows/next-window.js';
import type { Interval, WindowRule } from '../windows/window-rule.js';

/** When the hosts of a job may start: at once until a deadline, or each in its current or next window. */
export type Schedule = { readonly kind: 'now'; readonly deadlineAt: number } | { readonly kind: 'window' };

/** The window of a run. Instants are milliseconds since 1970. */
export interface PlannedWindow extends Interval {
  /** The first instant at which something can be started. */
  readonly startsAt: number;
  /** What holds it until then; null when it can start at once. */
  readonly heldBy: 'outside_window' | 'blackout' | null;
}

/**
 * The window in which a host of a new job may be patched.
 *
 * @param rules the host's own and its groups'
 * @param now milliseconds since 1970
 * @returns null when nothing can be started, ever or before the deadline
 */
export function planWindow(
  rules: readonly WindowRule[],
  schedule: Schedule,
  now: number,
): PlannedWindow | null {
  switch (schedule.kind) {
    case 'now':
      return planUntil(schedule.deadlineAt, rules, now);
    case 'window':
      return planCurrent(rules, now) ?? planNext(rules, now);
  }
}

function planUntil(closesAt: number, rules: readonly WindowRule[], now: number): PlannedWindow | null {
  const blackout = blackoutAt(rules, now);
  if (blackout === null) return { opensAt: now, closesAt, startsAt: now, heldBy: null };
  if (blackout.closesAt >= closesAt) return null;
  return { opensAt: now, closesAt, startsAt: blackout.closesAt, heldBy: 'blackout' };
}

/** Null also when the window is open and nothing is started in what is left of it. */
function planCurrent(rules: readonly WindowRule[], now: number): PlannedWindow | null {
  const window = currentWindow(rules, now);
  if (window === null) return null;
  const { opensAt, closesAt } = window;
  switch (window.kind) {
    case 'open':
      return { opensAt, closesAt, startsAt: now, heldBy: null };
    case 'blackout': {
      const after = planCurrent(rules, window.until);
      return after && { opensAt, closesAt, startsAt: after.startsAt, heldBy: 'blackout' };
    }
    case 'no_more_starts':
      return window.startsAgainAt === null
        ? null
        : { opensAt, closesAt, startsAt: window.startsAgainAt, heldBy: 'outside_window' };
  }
}

function planNext(rules: readonly WindowRule[], now: number): PlannedWindow | null {
  const next = nextWindow(rules, now);
  return next && { ...next, startsAt: next.opensAt, heldBy: 'outside_window' };
}

/** What a change of windows makes of a run that was not dispatched. */
export type Replan =
  | { readonly kind: 'keep' }
  | ({ readonly kind: 'move' } & Interval)
  /** It ends now: the window it was in was taken away, or the one to come and there is no other. */
  | { readonly kind: 'close'; readonly reason: 'outside_window' | 'no_window' };

/**
 * What becomes of the window of a run when rules or groups of its host have changed. One that is open grows or shrinks
 * with the rules and is closed with them; one to come is planned anew. None moves on to a later window after its own.
 *
 * @param planned what it was, in milliseconds since 1970
 * @param rules as they are now
 * @param now milliseconds since 1970
 */
export function replanWindow(planned: Interval, rules: readonly WindowRule[], now: number): Replan {
  // It is over: whoever closes windows is about to end it.
  if (planned.closesAt <= now) return { kind: 'keep' };
  if (planned.opensAt <= now) {
    const window = currentWindow(rules, now);
    return window === null ? { kind: 'close', reason: 'outside_window' } : moved(planned, window);
  }
  const window = planWindow(rules, { kind: 'window' }, now);
  return window === null ? { kind: 'close', reason: 'no_window' } : moved(planned, window);
}

function moved(from: Interval, { opensAt, closesAt }: Interval): Replan {
  return opensAt === from.opensAt && closesAt === from.closesAt
    ? { kind: 'keep' }
    : { kind: 'move', opensAt, closesAt };
}
