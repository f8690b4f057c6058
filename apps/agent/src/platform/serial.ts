/** Runs one piece of work after another, in the order they came. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    // Whoever gave the work gets its failure; the next one does not.
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
