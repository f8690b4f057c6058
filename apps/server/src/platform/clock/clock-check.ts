import type { CheckDefinition } from '@patchgate/service-health';
import type { DatabaseClock } from './database-clock.js';

/** Critical: a worker whose time cannot be trusted decides nothing about windows. */
export function clockCheck(clock: DatabaseClock): CheckDefinition {
  return {
    name: 'clock',
    critical: true,
    everyMs: 5_000,
    timeoutMs: 1_000,
    check: () => {
      const reason = clock.distrust;
      return Promise.resolve(reason === null ? { status: 'healthy' } : { status: 'unhealthy', reason });
    },
  };
}
