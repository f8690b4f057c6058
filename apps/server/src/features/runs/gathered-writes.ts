/** Long enough that what ends together is written together, short enough that nobody notices. */
const gatherMs = 20;

interface Waiting<Entry, Result> {
  readonly entry: Entry;
  readonly resolve: (result: Result) => void;
  readonly reject: (cause: unknown) => void;
}

interface GatheredWritesOptions<Entry, Result> {
  /** Writes all or nothing. @returns a result for each, in their order */
  readonly write: (entries: readonly Entry[]) => Promise<readonly Result[]>;
  readonly most: number;
  /** Of a failure that has nothing to do with what is written, so that to try each alone is no use. */
  readonly isHopeless: (error: unknown) => boolean;
}

/**
 * Gathers what many do at once, so that a hundred of them cost one transaction, one after the other. Where a batch cannot
 * be written each of it is tried alone: one that cannot be written does not take the others with it.
 */
export class GatheredWrites<Entry, Result> {
  readonly #waiting: Waiting<Entry, Result>[] = [];
  #isWriting = false;

  constructor(private readonly options: GatheredWritesOptions<Entry, Result>) {}

  /** @throws what the write of this entry threw */
  add(entry: Entry): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    await new Promise<void>((resolve) => setTimeout(resolve, gatherMs));
    while (this.#waiting.length > 0) await this.#writeBatch(this.#waiting.splice(0, this.options.most));
    this.#isWriting = false;
  }

  async #writeBatch(batch: readonly Waiting<Entry, Result>[]): Promise<void> {
    try {
      const results = await this.options.write(batch.map(({ entry }) => entry));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1 || this.options.isHopeless(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const each of batch) await this.#writeBatch([each]);
    }
  }
}
