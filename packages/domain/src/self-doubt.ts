/** A result of a check that was healthy before it. */
export interface RecentResult {
  readonly hostId: string;
  readonly failed: boolean;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

const windowMs = 60_000;
const leastResults = 20;
const leastHosts = 10;
/** An outage that lasts longer than this is believed. */
const longestMs = 120_000;

/**
 * Whether so much that was healthy fails at once that the fault is more likely here: a network of ours that is gone
 * looks like a fleet that is gone. Few targets prove nothing, and nobody doubts himself for ever.
 */
export class SelfDoubt {
  #recent: RecentResult[] = [];
  #sinceMs: number | null = null;

  /** Takes the results of checks that were healthy before, in the order of their time. */
  add(results: readonly RecentResult[]): void {
    this.#recent.push(...results);
  }

  /** @param nowMs monotonic milliseconds */
  isInDoubt(nowMs: number): boolean {
    this.#recent = this.#recent.filter(({ atMs }) => nowMs - atMs <= windowMs);
    if (!this.#mostFail()) {
      this.#sinceMs = null;
      return false;
    }
    this.#sinceMs ??= nowMs;
    return nowMs - this.#sinceMs <= longestMs;
  }

  #mostFail(): boolean {
    const hosts = new Set(this.#recent.map(({ hostId }) => hostId));
    if (this.#recent.length < leastResults || hosts.size < leastHosts) return false;
    return this.#recent.filter(({ failed }) => failed).length * 2 > this.#recent.length;
  }
}
