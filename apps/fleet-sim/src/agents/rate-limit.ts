/** Requests a minute, in a window that begins with the first. */
export class RateLimit {
  #since = -Infinity;
  #count = 0;

  exceeds(aMinute: number | null): boolean {
    const now = performance.now();
    if (now - this.#since >= 60_000) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return aMinute !== null && this.#count > aMinute;
  }
}
