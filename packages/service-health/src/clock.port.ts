/** Where the time comes from; the process passes its own clock, a test one that it moves by hand. */
export interface Clock {
  /** The wall clock, for what people read. */
  now(): Date;
  /** Milliseconds since an arbitrary instant; never goes back, so ages are measured with it. */
  monotonicMs(): number;
}
