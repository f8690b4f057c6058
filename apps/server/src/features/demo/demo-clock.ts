import { Clock } from '../../platform/clock/clock.js';

/** The time at which what the demo has of its past is written, through the same services as the present. */
export class DemoClock extends Clock {
  #agoMs = 0;

  constructor(private readonly real: Clock) {
    super();
  }

  now(): Date {
    return new Date(this.real.now().getTime() - this.#agoMs);
  }

  monotonicMs(): number {
    return this.real.monotonicMs();
  }

  /** From now on it is so long ago; time goes on from there. */
  goBack(agoMs: number): void {
    this.#agoMs = agoMs;
  }
}
