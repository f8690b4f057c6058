import { DialError } from './dial-error.js';

/** What a deadline destroys: a socket, a request, a decoder. */
export interface Destroyable {
  destroy(): unknown;
}

/**
 * One total time for everything a probe does, and one place that ends it. Idle timers are no deadline: a peer that
 * sends a byte now and then never trips them.
 */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  readonly #expiry: Promise<never>;
  #socket: Destroyable | undefined;
  #owned: Destroyable[] = [];

  /** @param budgetMs begins to run at once */
  constructor(readonly budgetMs: number) {
    let expire: (reason: DialError) => void = () => undefined;
    this.#expiry = new Promise((_resolve, reject) => (expire = reject));
    // Most probes end in time, and then nobody listens any more.
    this.#expiry.catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.end();
      expire(new DialError('timeout', `no complete answer within ${budgetMs / 1000} s`));
    }, budgetMs);
  }

  /** @throws DialError `timeout` when the time is over before the work is */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#expiry]);
  }

  /**
   * The one connection there is. A TLS socket takes the place of the socket below it: destroying both in one tick
   * crashes the runtime.
   */
  ownSocket(socket: Destroyable): void {
    this.#socket = socket;
  }

  /** What stands on the connection, destroyed before it, latest first. */
  own(resource: Destroyable): void {
    this.#owned.push(resource);
  }

  /** Ends the current connection, so that the next hop can have its own; the time runs on. */
  release(): void {
    for (const resource of this.#owned.splice(0).reverse()) resource.destroy();
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** The connection outlives this deadline, and is somebody else's to end. */
  surrender(): void {
    clearTimeout(this.#timer);
    this.#owned = [];
    this.#socket = undefined;
  }

  /** Ends everything; nothing is left behind. May be called again. */
  end(): void {
    clearTimeout(this.#timer);
    this.release();
  }
}
