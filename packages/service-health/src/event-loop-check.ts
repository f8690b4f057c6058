import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { CheckDefinition } from './health-check.js';
import { thresholdOutcome } from './threshold-outcome.js';

const SAMPLE_EVERY_MS = 20;
const NANOSECONDS_PER_MS = 1e6;

/** Above the first, probe latencies begin to lie; above the second, answers miss the deadline of an orchestrator. */
const THRESHOLDS = { degradedAbove: 250, unhealthyAbove: 2000, reason: 'delayed' };

export interface EventLoopCheck extends CheckDefinition {
  /** Ends the measurement. */
  close(): void;
}

/**
 * The stock check `event_loop`: the 99th percentile of the delay (milliseconds) since the check ran last. Not
 * critical, because a late process still serves.
 */
export function eventLoopCheck(
  histogram: ReturnType<typeof monitorEventLoopDelay> = monitorEventLoopDelay({
    resolution: SAMPLE_EVERY_MS,
  }),
): EventLoopCheck {
  histogram.enable();
  return {
    name: 'event_loop',
    critical: false,
    everyMs: 5000,
    timeoutMs: 2000,
    check: () => {
      const delayMs = histogram.percentile(99) / NANOSECONDS_PER_MS;
      histogram.reset();
      return Promise.resolve(thresholdOutcome(delayMs, THRESHOLDS));
    },
    close: () => {
      histogram.disable();
    },
  };
}
