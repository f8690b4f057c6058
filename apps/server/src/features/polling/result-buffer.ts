/** Collects what is to be written, so that a thousand results cost one transaction. */
export class ResultBuffer<Entry> {
  #entries: Entry[] = [];
  #rows = 0;
  #flushing: Promise<void> | undefined;

  constructor(
    private readonly options: {
      /** Writes all or nothing. */
      readonly write: (entries: readonly Entry[]) => Promise<void>;
      readonly rowsOf: (entry: Entry) => number;
      /** A batch of this size is not waited for. */
      readonly batchRows: number;
      /** Beyond this nothing is measured that could not be kept. */
      readonly mostRows: number;
    },
  ) {}

  get rows(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    return this.#rows >= this.options.mostRows;
  }

  /** @returns whether there is a batch to write now */
  add(entry: Entry): boolean {
    this.#entries.push(entry);
    this.#rows += this.options.rowsOf(entry);
    return this.#rows >= this.options.batchRows;
  }

  /**
   * Writes what is there; one write at a time. What could not be written stays, first in the next batch.
   *
   * @throws what `write` throws
   */
  async flush(): Promise<void> {
    while (this.#flushing) await this.#flushing.catch(() => undefined);
    if (this.#entries.length === 0) return;
    this.#flushing = this.#write();
    try {
      await this.#flushing;
    } finally {
      this.#flushing = undefined;
    }
  }

  async #write(): Promise<void> {
    const batch = this.#entries;
    const rows = this.#rows;
    this.#entries = [];
    try {
      await this.options.write(batch);
      this.#rows -= rows;
    } catch (error) {
      this.#entries = [...batch, ...this.#entries];
      throw error;
    }
  }
}
