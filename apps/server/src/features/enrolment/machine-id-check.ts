import type { CheckDefinition } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock/clock.js';
import { hasDuplicateMachines } from './enrollment.repository.js';

/** Alarms while one machine id stands for two machines: a copied disk, or somebody who pretends to be a host. */
export function machineIdCheck(dataSource: DataSource, clock: Clock): CheckDefinition {
  return {
    name: 'machine_ids',
    critical: false,
    everyMs: 60_000,
    timeoutMs: 5_000,
    check: async () =>
      (await hasDuplicateMachines(dataSource.manager, clock.now()))
        ? { status: 'degraded', reason: 'duplicate' }
        : { status: 'healthy' },
  };
}
