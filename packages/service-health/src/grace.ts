import type { CheckOutcome } from './health-check.js';

/** A recovery shorter than this does not end an outage: a child that crashes again and again is down. */
const STEADY_MS = 10_000;

/** The outage a check is in, in monotonic milliseconds. */
export interface Outage {
  downSinceMs: number | null;
  /** Since when it has been up again within the outage. */
  upSinceMs: number | null;
}

/** Before the first outage. */
export const NO_OUTAGE: Outage = { downSinceMs: null, upSinceMs: null };

/** Turns an unhealthy outcome into a degraded one while its outage has lasted at most `graceMs`. */
export function applyGrace(
  outcome: CheckOutcome,
  outage: Outage,
  nowMs: number,
  graceMs: number,
): { outcome: CheckOutcome; outage: Outage } {
  if (outcome.status !== 'unhealthy') {
    const upSinceMs = outage.upSinceMs ?? nowMs;
    const isOver = outage.downSinceMs === null || nowMs - upSinceMs >= STEADY_MS;
    return { outcome, outage: isOver ? NO_OUTAGE : { ...outage, upSinceMs } };
  }
  const downSinceMs = outage.downSinceMs ?? nowMs;
  const isTolerated = graceMs > 0 && nowMs - downSinceMs <= graceMs;
  return {
    outcome: isTolerated ? { ...outcome, status: 'degraded' } : outcome,
    outage: { downSinceMs, upSinceMs: null },
  };
}
