import type { TextDecoder } from 'node:util';

/** Looks for text in a stream of bytes of some character set; what is split over chunks is found too. */
export class TextMatcher {
  #tail = '';

  constructor(
    private readonly needle: string,
    private readonly decoder: TextDecoder,
  ) {}

  /** @returns whether the needle ends in this chunk, or before it */
  push(chunk: Buffer): boolean {
    const text = this.#tail + this.decoder.decode(chunk, { stream: true });
    if (text.includes(this.needle)) return true;
    this.#tail = text.slice(Math.max(0, text.length - this.needle.length + 1));
    return false;
  }
}
