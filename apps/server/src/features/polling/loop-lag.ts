const everyMs = 50;

/** How much time this process has lost because its event loop was busy. A probe that fails meanwhile proves nothing. */
export class LoopLag {
  #totalMs = 0;
  #lastMs: number;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly nowMs: () => number) {
    this.#lastMs = nowMs();
    this.#timer = setInterval(() => this.#look(), everyMs).unref();
  }

  /** Milliseconds since the beginning; compare two readings. */
  get totalMs(): number {
    this.#look();
    return this.#totalMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = this.nowMs();
    this.#totalMs += Math.max(0, nowMs - this.#lastMs - everyMs);
    this.#lastMs = nowMs;
  }
}
