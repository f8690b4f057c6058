import type { Clock } from './clock.port.js';
import { publicCode } from './public-code.js';

/** Remembers the latest connection and the latest error of a process for its health body. */
export class Activity {
  #lastConnectionAt: Date | null = null;
  #lastError: string | null = null;

  constructor(private readonly clock: Clock) {}

  /** Call per request rather than per socket, so that the listener's own check does not count. */
  connectionSeen(): void {
    this.#lastConnectionAt = this.clock.now();
  }

  /** Keeps the code of the error, never its message. */
  errorSeen(error: unknown): void {
    this.#lastError = publicCode(error);
  }

  /** For `ReadFacts`. */
  read(): { lastConnectionAt: Date | null; lastError: string | null } {
    return { lastConnectionAt: this.#lastConnectionAt, lastError: this.#lastError };
  }
}
