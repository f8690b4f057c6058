import { writeLiveEvent } from '@patchgate/contracts';
import type { LiveEvent } from '@patchgate/contracts';
import { Readable } from 'node:stream';
import type { Principal } from '../http/caller.js';

/** Room for some hundred events: who falls further behind fetches anew after a new start. */
const maxBufferedBytes = 64 * 1024;

/** The events of one caller. What a slow reader does not take is never kept beyond a bound: the reader is cut off. */
export class LiveStream extends Readable {
  /** False until the reader has been told to fetch all anew; before that, events mean nothing. */
  isWhole = false;

  constructor(readonly principal: Principal) {
    super({ highWaterMark: maxBufferedBytes });
    // For programs; our pages choose their own pace. Sent at once, so that the headers are too.
    this.push('retry: 2000\n\n');
  }

  // Events are pushed when they come, whoever asks.
  override _read(): void {}

  send(event: LiveEvent): void {
    this.sendText(writeLiveEvent(event));
  }

  /** For an event that goes to many: written once. */
  sendText(text: string): void {
    if (this.destroyed || this.readableEnded) return;
    if (this.readableLength + text.length > maxBufferedBytes) this.destroy();
    else this.push(text);
  }

  /** Lets the reader have what was sent. */
  finish(): void {
    if (!this.destroyed) this.push(null);
  }
}
