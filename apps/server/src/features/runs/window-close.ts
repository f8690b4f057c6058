import type { DispatchedRun } from './run-step.js';

/** When the window of a run closes; null when it has closed, so that nothing may start any more. */
export function windowClose({ run: { windowClosesAt } }: DispatchedRun, now: Date): Date | null {
  return windowClosesAt === null || windowClosesAt <= now.getTime() ? null : new Date(windowClosesAt);
}
