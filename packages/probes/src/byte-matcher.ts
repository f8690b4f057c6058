/** Looks for bytes in a stream; what is split over chunks is found too. */
export class ByteMatcher {
  #tail = Buffer.alloc(0);

  constructor(private readonly needle: Buffer) {}

  /** @returns whether the needle ends in this chunk, or before it */
  push(chunk: Buffer): boolean {
    if (chunk.includes(this.needle)) return true;
    const keep = this.needle.length - 1;
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, keep)]);
    if (this.#tail.length > 0 && seam.includes(this.needle)) return true;
    const rest = chunk.length >= keep ? chunk : Buffer.concat([this.#tail, chunk]);
    this.#tail = Buffer.from(rest.subarray(Math.max(0, rest.length - keep)));
    return false;
  }
}
