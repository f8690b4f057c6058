import type { Clock } from './clock.port.js';
import { publicCode } from './public-code.js';

/** What is known of a task that runs again and again. */
export interface TaskState {
  /** Monotonic milliseconds of the latest begin, before the first one of the watch's own creation. */
  begunAtMs: number;
  hasBegun: boolean;
  isRunning: boolean;
  consecutiveFailures: number;
  /** The code of the latest failure; null after a run that ended well. */
  failure: string | null;
  /** The code of the error it died of; null while it is to run again. */
  death: string | null;
}

/**
 * Watches a task that runs again and again and never twice at a time. Call `begun()` where a run really begins,
 * behind the guard that skips a tick while the last one still runs: then its age shows a hang as well as a death.
 */
export class TaskWatch {
  #state: TaskState;

  constructor(private readonly clock: Clock) {
    this.#state = {
      begunAtMs: clock.monotonicMs(),
      hasBegun: false,
      isRunning: false,
      consecutiveFailures: 0,
      failure: null,
      death: null,
    };
  }

  get state(): TaskState {
    return this.#state;
  }

  begun(): void {
    const begunAtMs = this.clock.monotonicMs();
    this.#state = { ...this.#state, begunAtMs, hasBegun: true, isRunning: true, death: null };
  }

  ended(): void {
    this.#state = { ...this.#state, isRunning: false, consecutiveFailures: 0, failure: null };
  }

  /** This run failed; the task will run again. */
  failed(error: unknown): void {
    const consecutiveFailures = this.#state.consecutiveFailures + 1;
    this.#state = { ...this.#state, isRunning: false, consecutiveFailures, failure: publicCode(error) };
  }

  /** The task will not run again. */
  died(error: unknown): void {
    this.#state = { ...this.#state, isRunning: false, death: publicCode(error) };
  }

  /** Seconds since the latest run began; null before the first. */
  ageSeconds(): number | null {
    if (!this.#state.hasBegun) return null;
    return (this.clock.monotonicMs() - this.#state.begunAtMs) / 1000;
  }
}
