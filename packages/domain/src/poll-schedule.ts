/** Phases are millionths of the interval; a host's never changes, so a restart neither bursts nor loses it. */
export const phases = 1_000_000;

/**
 * When a host is due next, after an instant. Cycles that were missed are dropped, not caught up.
 *
 * @param phase of the host, 0 to 999,999
 * @param afterMs milliseconds since the epoch
 * @returns milliseconds since the epoch, later than `afterMs` by at most the interval
 */
export function nextDueMs(phase: number, intervalMs: number, afterMs: number): number {
  const offsetMs = Math.floor((phase * intervalMs) / phases);
  return (Math.floor((afterMs - offsetMs) / intervalMs) + 1) * intervalMs + offsetMs;
}

export interface PhaseRange {
  /** Included. */
  readonly from: number;
  /** Included. */
  readonly to: number;
}

/**
 * The phases whose time came within a span that ends now: one range, or two when the span passes the end of an interval.
 *
 * @param nowMs milliseconds since the epoch
 * @param spanMs below the interval
 */
export function phasesDue(nowMs: number, spanMs: number, intervalMs: number): PhaseRange[] {
  if (spanMs >= intervalMs) return [{ from: 0, to: phases - 1 }];
  const phaseAt = (ms: number) => Math.floor(((ms % intervalMs) * phases) / intervalMs);
  const [from, to] = [phaseAt(nowMs - spanMs), phaseAt(nowMs)];
  if (from <= to) return [{ from, to }];
  return [
    { from, to: phases - 1 },
    { from: 0, to },
  ];
}
