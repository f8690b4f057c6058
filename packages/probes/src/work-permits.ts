/** Who works gives this long a sign of it; who waits for a peer is not working. */
const holdMs = 250;

/**
 * Bounds how many probes work at once, as opposed to how many wait: more only makes latencies lie. A permit is given
 * back at the end of the work or after a quarter of a second, whichever comes first, so that peers which hang, drip or
 * stall wait among themselves and starve nobody.
 */
export class WorkPermits {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param limit how many may work at once */
  constructor(limit: number) {
    this.#free = limit;
  }

  /** Probes that wait for a permit. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns what gives the permit back; more than once does no harm */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isHeld = true;
    const leave = () => {
      if (!isHeld) return;
      isHeld = false;
      clearTimeout(timer);
      const next = this.#waiting.shift();
      // Handed over, so that nobody who comes now passes those who wait.
      if (next) next();
      else this.#free += 1;
    };
    const timer = setTimeout(leave, holdMs);
    return leave;
  }
}
