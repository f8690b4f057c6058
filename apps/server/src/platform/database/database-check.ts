import type { CheckDefinition } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';

/** Asks the database the smallest question there is. Critical: without it nothing is served. */
export function databaseCheck(dataSource: DataSource): CheckDefinition {
  return {
    name: 'database',
    critical: true,
    everyMs: 5_000,
    timeoutMs: 2_000,
    check: async () => {
      if (!dataSource.isInitialized) return { status: 'unhealthy', reason: 'not_connected' };
      await dataSource.query('SELECT 1');
      return { status: 'healthy' };
    },
  };
}
