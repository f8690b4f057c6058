import type { GateAttemptView, JobStatusName, RunStatusName, RunView } from '@patchgate/contracts';
import type { StateName } from './states.js';

/** How each status of a run looks. */
export const runStates: Record<RunStatusName, StateName> = {
  queued: 'queued',
  waiting_health_check: 'waiting',
  dispatching: 'dispatching',
  running: 'patching',
  rebooting: 'rebooting',
  verifying: 'verifying',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'skipped',
  indeterminate: 'outcomeUnknown',
};

/** How each status of a job looks. */
export const jobStates: Record<JobStatusName, StateName> = {
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  succeeded: 'succeeded',
  partially_failed: 'partlyFailed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** How the outcome of an attempt at the gate looks, and the verdict of one check in it. */
export const attemptStates: Record<GateAttemptView['outcome'], StateName> = {
  pass: 'pass',
  fail: 'fail',
  error: 'couldNotAsk',
  no_checks: 'none',
  overridden: 'overridden',
};

/** How the comparison after the patch looks. */
export const verificationStates: Record<NonNullable<RunView['verification']>, StateName> = {
  verified: 'verified',
  regressed: 'regressed',
  pre_existing: 'preExisting',
  none: 'notVerified',
};
