import { z } from 'zod';
import { probeReason } from './health-check.schema.js';
import { id, instant } from './primitives.schema.js';

export const runStatus = z.enum([
  'queued',
  'waiting_health_check',
  'dispatching',
  'running',
  'rebooting',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
  'indeterminate',
]);
export type RunStatusName = z.infer<typeof runStatus>;

/** What a list of runs is asked for: one status, or all between the order to the agent and the end. */
export const runFilter = z.enum([...runStatus.options, 'in_progress']);
export type RunFilterName = z.infer<typeof runFilter>;

/** Why a run is where it is, or ended as it did; the set is closed and the page says of each what to do. */
export const runReason = z.enum([
  'outside_window',
  'blackout',
  'no_window',
  'check_failed',
  'check_error',
  'no_checks',
  'agent_unreachable',
  'agent_busy',
  'agent_refused',
  'batch_wait',
  'job_paused',
  'rights_lost',
  'gate_window_closed',
  'deadline_passed',
  'patch_failed',
  'reboot_timeout',
  'regressed',
  'cancelled',
  'quarantined',
  'unknown_outcome',
]);
export type RunReasonName = z.infer<typeof runReason>;

/** Of one check at the gate: `error` is our side, which could not ask. */
export const verdict = z.enum(['pass', 'fail', 'error']);

/** Of an attempt as a whole: only `pass`, `no_checks` and `overridden` open the gate. */
export const attemptOutcome = z.enum(['pass', 'fail', 'error', 'no_checks', 'overridden']);

export const verification = z.enum(['verified', 'regressed', 'pre_existing', 'none']);

/** One check in one attempt; the name is a copy, for it outlives the check. */
export const attemptCheck = z
  .object({
    check_id: id,
    name: z.string(),
    verdict,
    reason: probeReason,
    detail: z.string().max(500),
    latency_ms: z.int().min(0),
    checked_at: instant,
  })
  .meta({ id: 'GateAttemptCheck' });

export const gateAttempt = z
  .object({
    /** Counted from 1. */
    attempt: z.int().min(1),
    started_at: instant,
    ended_at: instant,
    outcome: attemptOutcome,
    /** Why the run did not start although the gate would have opened; null when it started or a check was the cause. */
    held_by: runReason.nullable(),
    /** The person who let the run through against its checks, and why. */
    override: z.object({ by: z.string(), reason: z.string() }).nullable(),
    checks: z.array(attemptCheck),
  })
  .meta({ id: 'GateAttempt' });
export type GateAttemptView = z.infer<typeof gateAttempt>;

export const runGate = z.object({
  attempts: z.int().min(0),
  last_attempt_at: instant.nullable(),
  next_attempt_at: instant.nullable(),
  /** Null for as long as no window is known. */
  window_opens_at: instant.nullable(),
  window_closes_at: instant.nullable(),
  /** The outcomes of the latest attempts, the latest last; at most 24. */
  outcomes: z.array(attemptOutcome).max(24),
  /** Of the latest attempt. */
  checks: z.array(attemptCheck),
});

/** A package as it was before, as the order wanted it, and as it is since. */
export const packageChange = z.object({
  name: z.string(),
  before: z.string().nullable(),
  wanted: z.string().nullable(),
  after: z.string().nullable(),
});

/** A check in the attempt that opened the gate and at the end of the verification. */
export const checkPair = z.object({
  check_id: id,
  name: z.string(),
  before: attemptCheck.nullable(),
  after: attemptCheck.nullable(),
});

const actor = z.object({ id: id.nullable(), name: z.string() });

export const run = z
  .object({
    id,
    job_id: id,
    host_id: id,
    fqdn: z.string(),
    status: runStatus,
    reason: runReason.nullable(),
    detail: z.string().nullable(),
    /** Place in the roll-out, from 0, and the batch it is in: 0 is the canary. */
    position: z.int().min(0),
    batch: z.int().min(0),
    gate: runGate,
    cancel_requested_at: instant.nullable(),
    override: z.object({ by: z.string(), reason: z.string(), at: instant }).nullable(),
    dispatched_at: instant.nullable(),
    ended_at: instant.nullable(),
    /** Of the package transaction, 0 to 100; null before it. */
    progress: z.int().min(0).max(100).nullable(),
    phase: z.string().nullable(),
    unreachable_since: instant.nullable(),
    overran_by_seconds: z.int().min(0).nullable(),
    verification: verification.nullable(),
    /** By when the checks must have come back. */
    verify_until: instant.nullable(),
    log_lines: z.int().min(0),
    /** What somebody said of an outcome that is not known. */
    resolution: z
      .object({ outcome: z.enum(['succeeded', 'failed']), by: z.string(), reason: z.string(), at: instant })
      .nullable(),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof run>;

/** A run with all that its drawer shows. */
export const runDetail = run
  .extend({
    host: z.object({
      os: z.string().nullable(),
      os_version: z.string().nullable(),
      agent_version: z.string().nullable(),
    }),
    packages: z.array(packageChange),
    checks: z.array(checkPair),
    boot_id_before: z.string().nullable(),
    boot_id_after: z.string().nullable(),
    reboot: z.enum(['not_needed', 'not_allowed', 'pending', 'done']).nullable(),
    actors: z.object({ cancelled_by: actor.nullable() }),
  })
  .meta({ id: 'RunDetail' });
export type RunDetailView = z.infer<typeof runDetail>;

export const logLine = z.object({
  seq: z.int().min(1),
  at: instant,
  /** Whose words: the agent's package system, or ours. */
  source: z.enum(['agent', 'manager']),
  line: z.string().max(2_000),
});
export type LogLineView = z.infer<typeof logLine>;
