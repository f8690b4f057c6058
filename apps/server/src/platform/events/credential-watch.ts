import type { Clock } from '../clock/clock.js';
import type { Authenticator } from '../http/authenticator.js';
import type { Logger } from '../logger/logger.js';
import type { OpenStreams } from './open-streams.js';

/** SEC-S1 gives one second from the end of a session to the end of its streams. */
const everyMs = 400;
const goodForMs = 800;

interface CredentialWatchOptions {
  readonly streams: OpenStreams;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onConfirmed: () => void;
}

/**
 * Ends the streams of people who may not listen any more: signed out, disabled, of another role, expired or idle for too
 * long. The database is asked, all streams at once, rather than told by whoever ends a session: no way to end one can
 * be forgotten, and expiry is nobody's act.
 */
export class CredentialWatch {
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | null = null;
  private confirmedAtMs = -Infinity;
  private isFailing = false;

  constructor(private readonly options: CredentialWatchOptions) {}

  start(): void {
    this.timer = setInterval(() => {
      if (this.options.streams.size > 0) this.ask().catch((error: unknown) => this.failed(error));
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.asking?.catch(() => undefined);
  }

  /** Resolves when the streams that are open belong to people who may listen, as of less than a second ago. */
  async confirm(): Promise<void> {
    if (this.options.clock.monotonicMs() - this.confirmedAtMs > goodForMs) await this.ask();
  }

  private ask(): Promise<void> {
    this.asking ??= this.askOnce().finally(() => (this.asking = null));
    return this.asking;
  }

  private async askOnce(): Promise<void> {
    const { streams, authenticator, clock, onConfirmed } = this.options;
    const askedAtMs = clock.monotonicMs();
    const asked = streams.all();
    const roles = await authenticator.stillValid(asked.map(({ principal }) => principal.credential));
    for (const stream of asked) {
      const { role, credential } = stream.principal;
      if (roles.get(credential.id) !== role) stream.destroy();
    }
    this.confirmedAtMs = askedAtMs;
    this.isFailing = false;
    onConfirmed();
  }

  private failed(error: unknown): void {
    if (!this.isFailing) this.options.logger.warn({ err: error }, 'sessions of live streams unconfirmed');
    this.isFailing = true;
  }
}
