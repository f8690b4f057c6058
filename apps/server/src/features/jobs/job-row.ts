import type { PatchJobView } from '@patchgate/contracts';
import type { RunStatus } from '@patchgate/domain';

export interface JobRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly created_by: string | null;
  readonly creator_name: string;
  readonly created_at: Date;
  readonly schedule: PatchJobView['schedule'];
  readonly deadline_at: Date | null;
  readonly selection: PatchJobView['selection'];
  readonly packages: string[] | null;
  readonly exclude: string[];
  readonly groups: { id: string; name: string }[];
  readonly allow_reboot: boolean;
  readonly canary: number;
  readonly batch_size: number | null;
  readonly max_in_flight: number;
  readonly max_failures: number;
  readonly paused_at: Date | null;
  readonly pause_reason: NonNullable<PatchJobView['paused']>['reason'] | null;
  readonly pause_detail: string | null;
  readonly pauser_name: string | null;
  readonly failures_accepted: number;
  readonly is_canary_accepted: boolean;
  readonly retry_of: PatchJobView['retry_of'];
}

/** The runs of a job that are alike. */
export interface TallyRow {
  readonly job_id: string;
  readonly status: RunStatus;
  /** What somebody said of runs whose outcome nobody knew. */
  readonly resolved_outcome: 'succeeded' | 'failed' | null;
  readonly was_dispatched: boolean;
  readonly was_attempted: boolean;
  readonly count: number;
  readonly window_opens_at: Date | null;
  readonly window_closes_at: Date | null;
  readonly ended_at: Date | null;
}

/** The runs of one batch that have not ended. */
export interface OpenBatchRow {
  readonly job_id: string;
  readonly batch: number;
  readonly open: number;
  readonly opens_at: Date | null;
  readonly started_at: Date | null;
}
