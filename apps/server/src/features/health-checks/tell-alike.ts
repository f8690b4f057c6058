import { setTimeout as delay } from 'node:timers/promises';

const firstStepMs = 1_000;

/**
 * When a result is told that must not be known by the time it took: names that resolve to where nobody may go and names
 * that do not resolve differ by milliseconds. There are two instants only: a second after the start, and the deadline of
 * a probe for a resolver that is slower than that.
 *
 * @param tookMs since the start
 */
export function toldAtMs(tookMs: number, deadlineMs: number): number {
  const steps = [Math.min(firstStepMs, deadlineMs), deadlineMs];
  return steps.find((stepMs) => tookMs <= stepMs) ?? tookMs;
}

export const waitAlike = (tookMs: number, deadlineMs: number): Promise<void> =>
  delay(toldAtMs(tookMs, deadlineMs) - tookMs);
