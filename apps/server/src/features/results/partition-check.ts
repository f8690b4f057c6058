import type { CheckDefinition } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock/clock.js';
import { partitionsEnd } from './results.repository.js';

const hourMs = 3_600_000;

interface PartitionCheckOptions {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  /** Told for how long there is room for results, in milliseconds. */
  readonly onRead: (aheadMs: number) => void;
}

/** Alarms while there is still time: results without a partition cannot be kept, and no host stays healthy then. */
export function partitionCheck({ dataSource, clock, onRead }: PartitionCheckOptions): CheckDefinition {
  return {
    name: 'partitions',
    critical: true,
    everyMs: 30_000,
    timeoutMs: 5_000,
    check: async () => {
      const end = await partitionsEnd(dataSource.manager);
      const aheadMs = (end?.getTime() ?? 0) - clock.now().getTime();
      onRead(aheadMs);
      if (aheadMs <= 0) return { status: 'unhealthy', reason: 'missing' };
      return aheadMs < 2 * hourMs ? { status: 'degraded', reason: 'ending' } : { status: 'healthy' };
    },
  };
}
