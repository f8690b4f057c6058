import type { Clock } from './clock.port.js';

/** The machine's clock; under fake timers it moves with them. */
export const realClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
