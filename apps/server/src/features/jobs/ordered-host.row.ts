import type { healthStatus } from '@patchgate/contracts';
import type { z } from 'zod';

/** A host that an order means, with what decides whether it can be patched. */
export interface OrderedHost {
  readonly id: string;
  readonly fqdn: string;
  readonly health_check_status: z.output<typeof healthStatus>;
  readonly checks_total: number;
  readonly checks_healthy: number;
  readonly checks_unhealthy: number;
  readonly checks_unknown: number;
  /** The first check that fails, and how; null where none does. */
  readonly failing: string | null;
  readonly agent_status: 'not_enrolled' | 'connected' | 'unreachable' | 'refused';
  /** The run that has the host now. */
  readonly busy_run_id: string | null;
  readonly busy_job_id: string | null;
  readonly busy_number: number | null;
  readonly busy_name: string | null;
}

/** Of its pending patches those that an order means. */
export interface MeantPatches {
  readonly host_id: string;
  readonly patches: number | null;
  readonly requires_reboot: boolean | null;
}
