const mostMs = 10_000;
// FNV-1a, 32 bits (draft-eastlake-fnv): spreads ids evenly and is the same everywhere.
const offset = 0x811c9dc5;
const prime = 0x01000193;

/**
 * How much later than its interval a run asks its gate again: the same each time, and different between runs, so that
 * many that began together do not meet for ever.
 *
 * @param runId its id
 * @param retryMs the interval; of a short one the jitter is a small part
 * @returns milliseconds, below 10,000
 */
export function retryJitterMs(runId: string, retryMs: number): number {
  let hash = offset;
  for (let index = 0; index < runId.length; index += 1) {
    hash = Math.imul(hash ^ runId.charCodeAt(index), prime) >>> 0;
  }
  return hash % Math.max(1, Math.min(mostMs, Math.round(retryMs / 10)));
}
