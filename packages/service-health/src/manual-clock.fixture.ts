import type { Clock } from './clock.port.js';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #ms = 0;

  now(): Date {
    return new Date(Date.UTC(2031, 4, 6, 7, 8, 9) + this.#ms);
  }

  monotonicMs(): number {
    return this.#ms;
  }

  advance(ms: number): void {
    this.#ms += ms;
  }
}
