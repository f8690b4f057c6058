import type { GateAttemptView, RunDetailView, RunView } from '@patchgate/contracts';

/** One check of an attempt as it comes out of JSON. */
export type AttemptCheck = GateAttemptView['checks'][number];

/** A run with what is shown of it in a list. */
export interface ListedRunRow {
  readonly id: string;
  readonly job_id: string;
  readonly host_id: string;
  readonly fqdn: string;
  readonly status: RunView['status'];
  readonly reason: RunView['reason'];
  readonly detail: string | null;
  readonly position: number;
  readonly batch: number;
  readonly attempt: number;
  readonly last_attempt_at: Date | null;
  readonly next_attempt_at: Date | null;
  readonly window_opens_at: Date | null;
  readonly window_closes_at: Date | null;
  readonly outcomes: RunView['gate']['outcomes'];
  /** Of the latest attempt. */
  readonly checks: readonly AttemptCheck[];
  readonly cancel_requested_at: Date | null;
  readonly override_requested_at: Date | null;
  readonly override_reason: string | null;
  readonly override_name: string;
  readonly dispatched_at: Date | null;
  readonly ended_at: Date | null;
  readonly progress: number | null;
  readonly phase: string | null;
  readonly unreachable_since: Date | null;
  readonly overran_by_seconds: number | null;
  readonly verification: RunView['verification'];
  readonly verify_until: Date | null;
  readonly verification_checks: RunDetailView['checks'];
  readonly log_lines: number;
  readonly resolved_at: Date | null;
  readonly resolved_outcome: 'succeeded' | 'failed' | null;
  readonly resolved_reason: string | null;
  readonly resolved_name: string;
}

export interface RunDetailRow extends ListedRunRow {
  readonly os: string | null;
  readonly os_version: string | null;
  readonly agent_version: string | null;
  readonly package_changes: RunDetailView['packages'];
  readonly boot_id_before: string | null;
  readonly boot_id_after: string | null;
  readonly reboot: RunDetailView['reboot'];
  readonly cancel_requested_by: string | null;
  readonly canceller_name: string;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly started_at: Date;
  readonly ended_at: Date;
  readonly outcome: GateAttemptView['outcome'];
  readonly held_by: GateAttemptView['held_by'];
  readonly override_reason: string | null;
  readonly override_name: string;
  readonly checks: readonly AttemptCheck[];
}
