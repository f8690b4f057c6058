/** Thrown through a start that was told to stop half-way; it is no failure. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';
}

/** One request to stop, however many signals ask for it; waiting for it or racing against it is up to the caller. */
export class StopSignal {
  readonly #requested = Promise.withResolvers<undefined>();
  #isRequested = false;

  request(): void {
    this.#isRequested = true;
    this.#requested.resolve(undefined);
  }

  get isRequested(): boolean {
    return this.#isRequested;
  }

  get requested(): Promise<undefined> {
    return this.#requested.promise;
  }

  throwIfRequested(): void {
    if (this.#isRequested) throw new StopRequested('stopping');
  }

  /** The outcome of the work, unless the stop comes first. */
  async orStop<T>(work: Promise<T>): Promise<T> {
    const stopped = this.#requested.promise.then((): never => {
      throw new StopRequested('stopping');
    });
    return await Promise.race([work, stopped]);
  }
}

/** A terminal sends Ctrl-C to every process at once and ours forwards it too: one request, however often it comes. */
export function stopOnSignals(process: NodeJS.Process): StopSignal {
  const stop = new StopSignal();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.request());
  // The channel to the script that started us closes when that script is killed.
  process.on('disconnect', () => stop.request());
  // Nobody reads any more what we say; the end of the terminal is no reason to crash half-way through a stop.
  process.stdout.on('error', () => stop.request());
  return stop;
}
