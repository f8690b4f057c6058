export const runReasons = [
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
] as const;

/** Why a run is where it is, or ended as it did. */
export type RunReason = (typeof runReasons)[number];
