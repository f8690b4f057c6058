import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks again until it no longer throws. It belongs to no test runner, so that what stands on it works in each of them.
 *
 * @returns what was seen
 * @throws what the last look threw, when the time is over
 */
export async function waitUntil<T>(
  look: () => T | Promise<T>,
  { timeoutMs, everyMs }: { timeoutMs: number; everyMs: number },
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await delay(everyMs);
    }
  }
}
