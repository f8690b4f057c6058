import { SystemClock } from '../../platform/clock/clock.js';

/** The clock of this machine, and as much later as a test says. */
export class ShiftedClock extends SystemClock {
  shiftMs = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.shiftMs);
  }

  override monotonicMs(): number {
    return super.monotonicMs() + this.shiftMs;
  }
}
