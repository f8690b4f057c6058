import type { ProbeResult } from '@patchgate/probes';
import type { LoopLag } from './loop-lag.js';

/** Of the measured time; beyond it the clock of a probe says more about us than about the target. */
const mostLag = 0.2;

export interface Measurement {
  readonly result: ProbeResult;
  readonly isSuspect: boolean;
}

/**
 * Runs a probe, and once again when it failed while this process was too busy to look. A success needs no second look:
 * it can only have been faster than it seems.
 */
export async function measureCheck(
  probe: () => Promise<ProbeResult>,
  lag: Pick<LoopLag, 'totalMs'>,
): Promise<Measurement> {
  const first = await measureOnce(probe, lag);
  return first.isSuspect ? await measureOnce(probe, lag) : first;
}

async function measureOnce(
  probe: () => Promise<ProbeResult>,
  lag: Pick<LoopLag, 'totalMs'>,
): Promise<Measurement> {
  const before = lag.totalMs;
  const result = await probe();
  const isSuspect = !result.healthy && lag.totalMs - before > mostLag * result.latency_ms;
  return { result, isSuspect };
}
