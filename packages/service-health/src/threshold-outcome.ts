import type { CheckOutcome } from './health-check.js';

export interface Thresholds {
  degradedAbove: number;
  unhealthyAbove: number;
  /** The code shown when one of them is exceeded. */
  reason: string;
}

/** Judges a measured value against two thresholds in the value's own unit; exactly on a threshold is still fine. */
export function thresholdOutcome(value: number, thresholds: Thresholds): CheckOutcome {
  const { degradedAbove, unhealthyAbove, reason } = thresholds;
  if (value > unhealthyAbove) return { status: 'unhealthy', reason };
  return value > degradedAbove ? { status: 'degraded', reason } : { status: 'healthy' };
}
