import type { Clock } from '@patchgate/service-health';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

const MAX_LINE_LENGTH = 2_000;
const MAX_LINES = 20_000;

/** The log of one run: JSON lines, numbered from 1, written at once so that the agent can show them live. */
export class RunLog {
  readonly #file: number;
  #seq = 0;

  constructor(
    file: string,
    private readonly clock: Clock,
  ) {
    this.#file = openSync(file, 'a', 0o600);
  }

  /** Control characters are taken out: the log is shown to people, also in terminals. */
  readonly write = (text: string): void => {
    if (this.#seq >= MAX_LINES) return;
    const isLast = this.#seq === MAX_LINES - 1;
    this.#seq += 1;
    const clean = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ').slice(0, MAX_LINE_LENGTH);
    const line = isLast ? 'the log is full; what follows is not kept' : clean;
    this.#append(`${JSON.stringify({ seq: this.#seq, at: this.clock.now().toISOString(), line })}\n`);
  };

  close(): void {
    try {
      fsyncSync(this.#file);
    } finally {
      closeSync(this.#file);
    }
  }

  #append(text: string): void {
    try {
      writeSync(this.#file, text);
    } catch {
      // A full disk must not stop a transaction midway; the result says how it ended.
      this.#seq -= 1;
    }
  }
}
