import type { CheckDefinition } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';
import { lastSeenAgeMs } from './worker.repository.js';

/** A worker says that it is alive every second; three missed ones are no accident. */
const missedAfterMs = 5_000;

/** The api's view of the workers: degraded while one is restarted, unhealthy when none has come back for 30 s. */
export function workerCheck(dataSource: DataSource): CheckDefinition {
  return {
    name: 'worker',
    critical: true,
    everyMs: 2_000,
    timeoutMs: 2_000,
    graceMs: 30_000,
    check: async () => {
      if (!dataSource.isInitialized) return { status: 'unhealthy', reason: 'unknown' };
      const ageMs = await lastSeenAgeMs(dataSource.manager);
      if (ageMs === null) return { status: 'unhealthy', reason: 'none' };
      return ageMs <= missedAfterMs ? { status: 'healthy' } : { status: 'unhealthy', reason: 'not_seen' };
    },
  };
}
