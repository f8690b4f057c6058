import { Clock } from './clock.js';

/** A drift beyond this means that one of the two clocks was set, or that this process stood still. */
const mostDriftMs = 2_000;
/** An answer that took longer says too little about when it was given. */
const mostRoundTripMs = 2_000;
/** Without a sample for so long nobody knows how far it has drifted. */
const mostAgeMs = 120_000;
export const resampleMs = 30_000;

interface Sample {
  readonly databaseMs: number;
  readonly atMs: number;
}

/** What the database's clock shows, in milliseconds since 1970. */
export type ReadDatabaseTime = () => Promise<number>;

/**
 * The time of the database, so that all workers decide by one clock: its latest reading and the monotonic time that has
 * passed here since. A reading that does not fit the one before is taken over, but nothing is claimed by it until the next
 * one agrees.
 */
export class DatabaseClock extends Clock {
  #sample: Sample;
  #driftMs = 0;

  private constructor(
    private readonly local: Clock,
    private readonly read: ReadDatabaseTime,
    first: Sample,
  ) {
    super();
    this.#sample = first;
  }

  /** @throws what the database throws */
  static async open(local: Clock, read: ReadDatabaseTime): Promise<DatabaseClock> {
    const { sample } = await take(local, read);
    return new DatabaseClock(local, read, sample);
  }

  now(): Date {
    return new Date(this.#at(this.local.monotonicMs()));
  }

  monotonicMs(): number {
    return this.local.monotonicMs();
  }

  /** Of the latest sample against the one before, in milliseconds. */
  get driftMs(): number {
    return this.#driftMs;
  }

  /** Why nothing may be decided by it at the moment; null when it can be trusted. */
  get distrust(): 'drift' | 'unsampled' | null {
    if (Math.abs(this.#driftMs) > mostDriftMs) return 'drift';
    return this.local.monotonicMs() - this.#sample.atMs > mostAgeMs ? 'unsampled' : null;
  }

  /**
   * Reads the database's time again when the last reading is 30 s old.
   *
   * @throws what the database throws
   */
  async resample(): Promise<void> {
    if (this.local.monotonicMs() - this.#sample.atMs < resampleMs) return;
    const { sample, roundTripMs } = await take(this.local, this.read);
    if (roundTripMs > mostRoundTripMs) return;
    this.#driftMs = sample.databaseMs - this.#at(sample.atMs);
    this.#sample = sample;
  }

  #at(monotonicMs: number): number {
    return this.#sample.databaseMs + (monotonicMs - this.#sample.atMs);
  }
}

/** The reading was made between question and answer: in the middle is the least that it can be wrong by. */
async function take(local: Clock, read: ReadDatabaseTime): Promise<{ sample: Sample; roundTripMs: number }> {
  const askedMs = local.monotonicMs();
  const databaseMs = await read();
  const roundTripMs = local.monotonicMs() - askedMs;
  return { sample: { databaseMs, atMs: askedMs + roundTripMs / 2 }, roundTripMs };
}
