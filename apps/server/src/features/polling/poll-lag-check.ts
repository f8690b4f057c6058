import { thresholdOutcome } from '@patchgate/service-health';
import type { CheckDefinition } from '@patchgate/service-health';

interface PollLagOptions {
  /** How late polling is, in milliseconds. */
  readonly read: () => Promise<number>;
  readonly intervalMs: number;
  /** Told what was read, for the health body. */
  readonly onRead: (lagMs: number) => void;
}

/** A lag of a tenth of the interval is felt, unless that is seconds; one of a whole interval makes results go stale. */
export function pollLagCheck({ read, intervalMs, onRead }: PollLagOptions): CheckDefinition {
  return {
    name: 'poll_lag',
    critical: false,
    everyMs: 5_000,
    timeoutMs: 2_000,
    check: async () => {
      const lagMs = await read();
      onRead(lagMs);
      return thresholdOutcome(lagMs, {
        degradedAbove: Math.max(intervalMs / 10, 5_000),
        unhealthyAbove: intervalMs,
        reason: 'late',
      });
    },
  };
}
