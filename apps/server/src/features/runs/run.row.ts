import type { AttemptOutcome, Reboot, Run, RunReason, RunStatus, Verification } from '@patchgate/domain';
import sql from 'sql-template-tag';

/** What of a run decides about it, and who has it. What is known of its order at the agent is read where it is needed. */
export interface RunRow {
  id: string;
  job_id: string;
  host_id: string;
  position: number;
  batch: number;
  status: RunStatus;
  reason: RunReason | null;
  detail: string | null;
  attempt: number;
  last_attempt_at: Date | null;
  last_outcome: AttemptOutcome | null;
  next_attempt_at: Date | null;
  window_opens_at: Date | null;
  window_closes_at: Date | null;
  check_requested_at: Date | null;
  cancel_requested_at: Date | null;
  override_by: string | null;
  override_reason: string | null;
  fence: string;
  crash_count: number;
  next_step_at: Date | null;
  dispatched_at: Date | null;
  accepted_at: Date | null;
  unreachable_since: Date | null;
  reboot: Reboot | null;
  reboot_until: Date | null;
  verify_until: Date | null;
  verification: Verification | null;
  overran_by_seconds: number | null;
  ended_at: Date | null;
  resolved_at: Date | null;
}

export const runColumns = sql`r.id, r.job_id, r.host_id, r.position, r.batch, r.status, r.reason, r.detail, r.attempt,
  r.last_attempt_at, r.last_outcome, r.next_attempt_at, r.window_opens_at, r.window_closes_at, r.check_requested_at,
  r.cancel_requested_at, r.override_by, r.override_reason, r.fence, r.crash_count, r.next_step_at, r.dispatched_at,
  r.accepted_at, r.unreachable_since, r.reboot, r.reboot_until, r.verify_until, r.verification, r.overran_by_seconds,
  r.ended_at, r.resolved_at`;

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

/** The run as the domain decides about it. */
export const runOf = (row: RunRow): Run => ({
  status: row.status,
  reason: row.reason,
  detail: row.detail,
  attempts: row.attempt,
  lastOutcome: row.last_outcome,
  nextAttemptAt: ms(row.next_attempt_at),
  windowClosesAt: ms(row.window_closes_at),
  nextStepAt: ms(row.next_step_at),
  dispatchedAt: ms(row.dispatched_at),
  acceptedAt: ms(row.accepted_at),
  unreachableSince: ms(row.unreachable_since),
  reboot: row.reboot,
  rebootUntil: ms(row.reboot_until),
  verifyUntil: ms(row.verify_until),
  verification: row.verification,
  overranBySeconds: row.overran_by_seconds,
  endedAt: ms(row.ended_at),
  isResolved: row.resolved_at !== null,
});
