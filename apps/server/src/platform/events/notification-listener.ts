import { randomInt } from 'node:crypto';
import { setInterval, setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from '../logger/logger.js';
import { channel } from './publish.js';

export interface ListenerEvents {
  /** From now on nothing is missed, until `onLost`. */
  onListening(): void;
  onLost(): void;
  onPayload(payload: string): void;
}

/** A connection that is cut without a word is noticed by the answer that does not come. */
const askEveryMs = 2_000;
const answerWithinMs = 3_000;

/**
 * Listens on a connection of its own, for one from the pool may be needed by a request, and listens again whenever the
 * connection is lost. PostgreSQL keeps nothing for who is away, so each gap is told.
 */
export class NotificationListener {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly events: ListenerEvents,
  ) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    let attempt = 0;
    try {
      for (;;) {
        const failure = await this.listen(signal, () => (attempt = 0));
        signal.throwIfAborted();
        this.logger.warn({ err: failure }, 'not listening for events');
        // A little apart, so that the processes do not come back all at the same moment.
        await delay(Math.min(100 * 2 ** attempt, 2_000) + randomInt(100), undefined, { signal });
        attempt += 1;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** @returns why it ended, once it has */
  private async listen(signal: AbortSignal, onListening: () => void): Promise<unknown> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'patchgate events',
      connectionTimeoutMillis: 5_000,
      query_timeout: answerWithinMs,
      keepAlive: true,
    });
    const lost = new AbortController();
    client.on('error', (error) => lost.abort(error));
    client.on('end', () => lost.abort(new Error('Connection terminated')));
    client.on('notification', ({ payload = '' }) => this.events.onPayload(payload));
    let isListening = false;
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      isListening = true;
      onListening();
      this.events.onListening();
      const over = AbortSignal.any([signal, lost.signal]);
      for await (const _ of setInterval(askEveryMs, undefined, { signal: over }))
        await client.query('SELECT 1');
      return undefined;
    } catch (error) {
      return lost.signal.aborted ? lost.signal.reason : error;
    } finally {
      if (isListening) this.events.onLost();
      // Nothing more is expected of it; that it cannot even be ended is no news.
      void client.end().catch(() => undefined);
    }
  }
}
