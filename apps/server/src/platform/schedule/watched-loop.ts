import type { TaskWatch } from '@patchgate/service-health';
import type { Logger } from '../logger/logger.js';

interface Loop {
  readonly tick: () => Promise<void>;
  /** Gives back what it holds. */
  readonly stop: () => Promise<void>;
}

interface WatchedLoopOptions {
  readonly watch: TaskWatch;
  readonly logger: Logger;
  /** What it does, for the log. */
  readonly what: string;
}

/** Work that the schedule begins again and again: never twice at a time, and watched, so that a hang shows as well. */
export class WatchedLoop {
  #isRunning = false;

  constructor(
    private readonly loop: Loop,
    private readonly options: WatchedLoopOptions,
  ) {}

  /** A tick that fails is told, and the next one comes. */
  async tick(): Promise<void> {
    if (this.#isRunning) return;
    const { watch, logger, what } = this.options;
    this.#isRunning = true;
    watch.begun();
    try {
      await this.loop.tick();
      watch.ended();
    } catch (error) {
      watch.failed(error);
      logger.warn({ err: error }, `${what}: the tick failed`);
    } finally {
      this.#isRunning = false;
    }
  }

  async stop(): Promise<void> {
    try {
      await this.loop.stop();
    } catch (error) {
      // What could not be given back is due again when its lease ends.
      this.options.logger.warn({ err: error }, `${this.options.what}: left to the leases`);
    }
  }
}
