import type { Resolve } from './resolve.js';

/** A name that took longer than this is slow until it is quick again. */
const slowAfterMs = 1_000;
/** More slow names than this are forgotten and found out anew. */
const mostSlowNames = 10_000;

interface NameLanesOptions {
  readonly resolve: Resolve;
  /** How many lookups the platform does at once, in threads that no deadline of ours gets back. */
  readonly lookups: number;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Keeps names whose servers answer late or never from taking every thread that looks up names: those that were slow the
 * last time wait for each other, in half of the threads at most, and the others pass them. Who asks for a name that is
 * being looked up waits for the same answer.
 */
export class NameLanes {
  readonly #underWay = new Map<string, Promise<readonly string[]>>();
  readonly #slow = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(private readonly options: NameLanesOptions) {
    this.#free = Math.max(1, Math.floor(options.lookups / 2));
  }

  /** Rejects as the resolver below does. */
  readonly resolve: Resolve = (host) => {
    const known = this.#underWay.get(host);
    if (known) return known;
    const lookup = this.#lookUp(host).finally(() => this.#underWay.delete(host));
    this.#underWay.set(host, lookup);
    return lookup;
  };

  async #lookUp(host: string): Promise<readonly string[]> {
    if (!this.#slow.has(host)) return this.#timed(host);
    await this.#enter();
    try {
      return await this.#timed(host);
    } finally {
      this.#leave();
    }
  }

  async #timed(host: string): Promise<readonly string[]> {
    const startedAtMs = this.options.nowMs();
    try {
      return await this.options.resolve(host);
    } finally {
      this.#slow.delete(host);
      if (this.options.nowMs() - startedAtMs > slowAfterMs) {
        if (this.#slow.size >= mostSlowNames) this.#slow.clear();
        this.#slow.add(host);
      }
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
