import type { Clock } from './clock.port.js';

/** A reader counts while it has asked this recently; slower ones would hold up every stop. */
const RECENT_MS = 15_000;
/** One answer may be a person's look; two are somebody who polls. One that is lost must not count for the other. */
const ANSWERS = 2;

/** Knows whether somebody polls readiness, and whether they have read that this process takes no more work. */
export class ReadinessReaders {
  #readyAnswers = 0;
  #unreadyAnswers = 0;
  #lastAskedMs = -Infinity;
  #onUnreadySeen: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** Call for each answer about readiness. */
  answered(isReady: boolean): void {
    this.#lastAskedMs = this.clock.monotonicMs();
    if (isReady) this.#readyAnswers += 1;
    this.#unreadyAnswers = isReady ? 0 : this.#unreadyAnswers + 1;
    if (this.#unreadyAnswers >= ANSWERS) this.#onUnreadySeen?.();
  }

  /**
   * To be awaited between `draining()` and the end of the work, so that a balancer has stopped sending.
   *
   * @param limitMs the longest wait. Default 12 s: two readings at the usual 5 s, and one late.
   * @returns at once when nobody polls; else when two answers in a row have said "not ready", or at the limit.
   */
  async haveSeenUnready(limitMs = 12_000): Promise<void> {
    const isPolled =
      this.#readyAnswers >= ANSWERS && this.clock.monotonicMs() - this.#lastAskedMs <= RECENT_MS;
    if (!isPolled || this.#unreadyAnswers >= ANSWERS) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#onUnreadySeen = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
