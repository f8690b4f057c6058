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

  /**
   * In batches also when there are many more rows: a statement over 8,000 of 500,000 checks is planned as a look at all
   * of them (measured: its join 20 times as slow as over 4,000), so that a backlog would make itself longer.
   */
  async #write(): Promise<void> {
    // What comes meanwhile is for the next flush: this one has an end.
    let left = this.#entries.length;
    while (left > 0) left -= await this.#writeBatch();
  }

  /** @returns how many entries were in it */
  async #writeBatch(): Promise<number> {
    const { rowsOf, batchRows, write } = this.options;
    let rows = 0;
    const enough = this.#entries.findIndex((entry) => (rows += rowsOf(entry)) >= batchRows);
    const batch = this.#entries.splice(0, enough === -1 ? this.#entries.length : enough + 1);
    try {
      await write(batch);
      this.#rows -= rows;
    } catch (error) {
      this.#entries = [...batch, ...this.#entries];
      throw error;
    }
    return batch.length;
  }
}
