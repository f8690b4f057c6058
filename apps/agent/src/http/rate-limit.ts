export interface RateLimits {
  readonly readsPerMinute: number;
  readonly writesPerMinute: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** A peer may spend a quarter of a minute's share at once. */
const BURST_SHARE = 0.25;
const MINUTE_MS = 60_000;
/** Only peers of the allow-list get here, so this is a bound against a mistake and no cache to tune. */
const MAX_BUCKETS = 4096;

/** Token buckets for each peer address, one for what reads and one for what changes. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly limits: RateLimits) {}

  /**
   * @param nowMs monotonic
   * @returns 0 when the request may pass, else the seconds after which one will
   */
  take(peer: string, isWrite: boolean, nowMs: number): number {
    const perMinute = isWrite ? this.limits.writesPerMinute : this.limits.readsPerMinute;
    const most = Math.max(1, perMinute * BURST_SHARE);
    const perMs = perMinute / MINUTE_MS;
    const bucket = this.#bucketOf(`${isWrite ? 'w' : 'r'} ${peer}`, most, nowMs);
    bucket.tokens = Math.min(most, bucket.tokens + (nowMs - bucket.filledAtMs) * perMs);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000));
    bucket.tokens -= 1;
    return 0;
  }

  #bucketOf(key: string, most: number, nowMs: number): Bucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    if (this.#buckets.size >= MAX_BUCKETS) this.#buckets.clear();
    const bucket = { tokens: most, filledAtMs: nowMs };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
