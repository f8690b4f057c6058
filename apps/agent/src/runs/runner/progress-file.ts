import { rename, writeFile } from 'node:fs/promises';

import type { RunProgress } from '../run-task.js';

/** How far a run is, for whoever asks meanwhile; after a power cut nobody asks, so nothing is forced to the disk. */
export class ProgressFile {
  #shown = '';
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string,
    /** A progress that cannot be shown is no reason to stop. */
    private readonly onError: (error: unknown) => void,
  ) {}

  async show({ phase, percent }: RunProgress): Promise<void> {
    const text = JSON.stringify({ phase, percent: Math.round(percent) });
    if (text === this.#shown) return;
    this.#shown = text;
    this.#lastWrite = this.#lastWrite.then(() => this.#replace(text)).catch(this.onError);
    await this.#lastWrite;
  }

  async settled(): Promise<void> {
    await this.#lastWrite;
  }

  async #replace(text: string): Promise<void> {
    await writeFile(`${this.file}.tmp`, text, { mode: 0o600 });
    await rename(`${this.file}.tmp`, this.file);
  }
}
