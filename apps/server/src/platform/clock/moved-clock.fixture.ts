import { Clock } from './clock.js';

/** Stands where the test puts it. */
export class MovedClock extends Clock {
  passedMs = 0;

  constructor(private readonly start: Date) {
    super();
  }

  now(): Date {
    return new Date(this.start.getTime() + this.passedMs);
  }

  monotonicMs(): number {
    return this.passedMs;
  }
}
