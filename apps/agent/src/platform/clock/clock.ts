import type { Clock } from '@patchgate/service-health';

/** The one source of time. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }

  monotonicMs(): number {
    return performance.now();
  }
}
