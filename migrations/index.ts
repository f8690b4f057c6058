import { Foundation1790000000000 } from './1790000000000-foundation.js';
import { Keys1790000100000 } from './1790000100000-keys.js';
import { HostAddressStatistics1790000200000 } from './1790000200000-host-address-statistics.js';
import { HealthChecks1790000300000 } from './1790000300000-health-checks.js';
import { RetiredKeys1790000350000 } from './1790000350000-retired-keys.js';
import { Enrolment1790000400000 } from './1790000400000-enrolment.js';
import { HostAgents1790000500000 } from './1790000500000-host-agents.js';
import { MaintenanceWindows1790000600000 } from './1790000600000-maintenance-windows.js';
import { PatchJobs1790000700000 } from './1790000700000-patch-jobs.js';

/** In their order; entries are only ever added at the end. */
export const allMigrations = [
  Foundation1790000000000,
  Keys1790000100000,
  HostAddressStatistics1790000200000,
  HealthChecks1790000300000,
  RetiredKeys1790000350000,
  Enrolment1790000400000,
  HostAgents1790000500000,
  MaintenanceWindows1790000600000,
  PatchJobs1790000700000,
];
