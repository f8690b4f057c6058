/** The one source of time: injected, so that tests can move it and nothing reads another. */
export abstract class Clock {
  abstract now(): Date;
  /** Milliseconds that never go back; for durations only. */
  abstract monotonicMs(): number;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  monotonicMs(): number {
    return performance.now();
  }
}
