import { writeLiveEvent } from '@patchgate/contracts';
import { seesEverything } from '@patchgate/domain';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { AppError } from '../app-error.js';
import type { Clock } from '../clock/clock.js';
import type { Authenticator } from '../http/authenticator.js';
import type { Principal } from '../http/caller.js';
import type { Logger } from '../logger/logger.js';
import { CredentialWatch } from './credential-watch.js';
import { deliver } from './deliver.js';
import type { LiveStream } from './live-stream.js';
import type { ListenerEvents } from './notification-listener.js';
import { readNotification } from './notification.js';
import type { OpenStreams } from './open-streams.js';
import { PendingChanges } from './pending-changes.js';
import type { Changes } from './pending-changes.js';
import { Reach } from './reach.js';

/** What a burst of changes is gathered for; far below what a person notices. */
const gatherMs = 100;
/** Often enough that a page whose stream is cut without a word knows within 5 s. */
const beatEveryMs = 2_000;

interface LiveHubOptions {
  readonly streams: OpenStreams;
  readonly authenticator: Authenticator;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Turns notifications into events on streams. Whatever makes it miss one (a lost connection, a database that does not
 * say who may still listen) is a gap: streams stay open and silent, and get `reset` when it is over.
 */
export class LiveHub implements ListenerEvents {
  readonly credentials: CredentialWatch;
  private readonly pending = new PendingChanges();
  private readonly reach = new Reach();
  private readonly stopping = new AbortController();
  private beats: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | null = null;
  private isListening = false;

  constructor(private readonly options: LiveHubOptions) {
    this.credentials = new CredentialWatch({ ...options, onConfirmed: () => this.flush() });
  }

  start(): void {
    this.beats = setInterval(() => this.beat(), beatEveryMs);
    this.credentials.start();
  }

  /** Ends every stream, so that its reader comes back to another process, and lets nobody in. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.beats);
    await this.credentials.stop();
    await this.flushing;
    for (const stream of this.options.streams.all()) stream.finish();
  }

  /** @throws AppError when there are too many already, or no more is to come */
  open(principal: Principal): LiveStream {
    if (this.stopping.signal.aborted) {
      throw new AppError('unavailable', 'This process is stopping; try again.', { retryAfterSeconds: 1 });
    }
    const stream = this.options.streams.open(principal);
    this.flush();
    return stream;
  }

  onListening(): void {
    this.isListening = true;
    this.flush();
  }

  onLost(): void {
    this.isListening = false;
    this.gap();
  }

  onPayload(payload: string): void {
    const notification = readNotification(payload);
    if (notification) this.pending.add(notification);
    else {
      this.options.logger.warn({ bytes: payload.length }, 'notification not understood');
      this.gap();
    }
    this.flush();
  }

  private gap(): void {
    for (const stream of this.options.streams.all()) stream.isWhole = false;
  }

  private flush(): void {
    this.flushing ??= this.flushAll().finally(() => (this.flushing = null));
  }

  /** One pass after the other: the reach is never read by two, nor changed under the one that delivers. */
  private async flushAll(): Promise<void> {
    while (this.isListening && !this.stopping.signal.aborted && this.hasWork()) {
      const changes = this.pending.take();
      try {
        await this.credentials.confirm();
        await this.apply(changes);
      } catch (error) {
        this.options.logger.warn({ err: error }, 'events not delivered');
        this.gap();
        // The next confirmation of the credentials begins anew.
        return;
      }
      await delay(gatherMs);
    }
  }

  private hasWork(): boolean {
    return !this.pending.isEmpty || this.options.streams.all().some(({ isWhole }) => !isWhole);
  }

  private async apply(changes: Changes): Promise<void> {
    const { streams, dataSource } = this.options;
    const all = streams.all();
    const { people } = changes;
    if (people === 'all' || people.size > 0 || all.some(({ principal }) => !this.reach.knows(principal))) {
      const viewers = all.map(({ principal }) => principal);
      await this.reach.load(dataSource.manager, viewers);
    }
    // Lost while the reach was read: what was taken may not be all there was.
    if (!this.isListening) throw new Error('not listening any more');
    for (const stream of all) {
      if (people === 'all' ? !seesEverything(stream.principal.role) : people.has(stream.principal.userId)) {
        stream.isWhole = false;
      }
    }
    deliver(
      changes,
      all.filter(({ isWhole }) => isWhole),
      this.reach,
    );
    for (const stream of all.filter(({ isWhole }) => !isWhole)) {
      stream.isWhole = true;
      stream.send({ topic: 'reset', data: {} });
    }
  }

  private beat(): void {
    const text = writeLiveEvent({ topic: 'beat', data: {} });
    for (const stream of this.options.streams.all()) if (stream.isWhole) stream.sendText(text);
  }
}
