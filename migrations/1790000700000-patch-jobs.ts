import type { MigrationInterface, QueryRunner } from 'typeorm';

const jobs = `
CREATE TABLE patch_jobs (
  id uuid CONSTRAINT patch_jobs_pkey PRIMARY KEY,
  -- for people, who do not read ids to each other
  number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT patch_jobs_number_key UNIQUE,
  name text NOT NULL CONSTRAINT patch_jobs_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
  -- whose rights the runs are started with; null when that person was deleted, and then nothing starts
  created_by uuid CONSTRAINT patch_jobs_created_by_fkey REFERENCES users ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL,
  schedule text NOT NULL CONSTRAINT patch_jobs_schedule_check CHECK (schedule IN ('now', 'window')),
  deadline_at timestamptz(3),
  selection text NOT NULL CONSTRAINT patch_jobs_selection_check CHECK (selection IN ('all', 'security', 'named')),
  packages text[],
  exclude text[] NOT NULL,
  -- as they were ordered: which hosts a group had then is in the runs
  group_ids uuid[] NOT NULL,
  allow_reboot boolean NOT NULL,
  canary integer NOT NULL CONSTRAINT patch_jobs_canary_check CHECK (canary >= 0),
  batch_size integer CONSTRAINT patch_jobs_batch_size_check CHECK (batch_size > 0),
  max_in_flight integer NOT NULL CONSTRAINT patch_jobs_max_in_flight_check CHECK (max_in_flight > 0),
  max_failures integer NOT NULL CONSTRAINT patch_jobs_max_failures_check CHECK (max_failures >= 0),
  paused_at timestamptz(3),
  pause_reason text CONSTRAINT patch_jobs_pause_reason_check CHECK (pause_reason IN ('person', 'canary_failed', 'budget_spent')),
  pause_detail text,
  -- null when the roll-out paused itself
  paused_by uuid CONSTRAINT patch_jobs_paused_by_fkey REFERENCES users ON DELETE SET NULL,
  -- how many failures the person accepted who resumed the job; a canary is no condition any more then
  failures_accepted integer NOT NULL DEFAULT 0,
  is_canary_accepted boolean NOT NULL DEFAULT false,
  retry_of uuid CONSTRAINT patch_jobs_retry_of_fkey REFERENCES patch_jobs ON DELETE SET NULL,
  CONSTRAINT patch_jobs_deadline_check CHECK ((schedule = 'now') = (deadline_at IS NOT NULL)),
  CONSTRAINT patch_jobs_packages_check CHECK ((selection = 'named') = (packages IS NOT NULL)),
  CONSTRAINT patch_jobs_paused_check CHECK (num_nulls(paused_at, pause_reason, pause_detail) IN (0, 3))
);
-- the list of jobs
CREATE INDEX patch_jobs_created_at_idx ON patch_jobs (created_at DESC, id DESC);
`;

const runs = `
CREATE TABLE patch_job_hosts (
  id uuid CONSTRAINT patch_job_hosts_pkey PRIMARY KEY,
  job_id uuid NOT NULL CONSTRAINT patch_job_hosts_job_id_fkey REFERENCES patch_jobs ON DELETE CASCADE,
  host_id uuid NOT NULL CONSTRAINT patch_job_hosts_host_id_fkey REFERENCES hosts ON DELETE CASCADE,
  position integer NOT NULL,
  -- 0 is the canary
  batch integer NOT NULL,
  status text NOT NULL CONSTRAINT patch_job_hosts_status_check CHECK (status IN ('queued', 'waiting_health_check',
    'dispatching', 'running', 'rebooting', 'verifying', 'succeeded', 'failed', 'cancelled', 'indeterminate')),
  reason text CONSTRAINT patch_job_hosts_reason_check CHECK (reason IN ('outside_window', 'blackout', 'no_window',
    'check_failed', 'check_error', 'no_checks', 'agent_unreachable', 'agent_busy', 'agent_refused', 'batch_wait',
    'job_paused', 'rights_lost', 'gate_window_closed', 'deadline_passed', 'patch_failed', 'reboot_timeout', 'regressed',
    'cancelled', 'quarantined', 'unknown_outcome')),
  detail text CONSTRAINT patch_job_hosts_detail_check CHECK (char_length(detail) <= 2000),

  -- the gate
  attempt integer NOT NULL DEFAULT 0,
  last_attempt_at timestamptz(3),
  last_outcome text CONSTRAINT patch_job_hosts_last_outcome_check
    CHECK (last_outcome IN ('pass', 'fail', 'error', 'no_checks', 'overridden')),
  -- of a run that was not dispatched; null until it is released
  next_attempt_at timestamptz(3),
  window_opens_at timestamptz(3),
  window_closes_at timestamptz(3),
  check_requested_at timestamptz(3),
  cancel_requested_at timestamptz(3),
  cancel_requested_by uuid CONSTRAINT patch_job_hosts_cancel_requested_by_fkey REFERENCES users ON DELETE SET NULL,
  -- the agent has said whether it could
  cancel_answered_at timestamptz(3),
  override_by uuid CONSTRAINT patch_job_hosts_override_by_fkey REFERENCES users ON DELETE SET NULL,
  override_reason text,
  override_requested_at timestamptz(3),

  -- who has it
  owner uuid,
  lease_until timestamptz(3),
  fence bigint NOT NULL DEFAULT 0,
  crash_count integer NOT NULL DEFAULT 0,

  -- at the agent
  -- of a run that was dispatched and has not ended: when it is asked about, or verified, next
  next_step_at timestamptz(3),
  dispatched_at timestamptz(3),
  -- what is ordered, resolved when the gate opened: [{name, before, wanted, after}]; packages null means everything
  ordered_packages text[],
  package_changes jsonb NOT NULL DEFAULT '[]',
  -- when the order was about to be sent first: from then on the agent may have it. An order by POST is never sent again
  intent_at timestamptz(3),
  -- jobs that an agent without runs had by then; one that is not among them may be ours
  agent_jobs_before text[] NOT NULL DEFAULT '{}',
  agent_epoch text,
  agent_uptime_seconds bigint,
  agent_job_id text,
  accepted_at timestamptz(3),
  progress smallint,
  phase text,
  unreachable_since timestamptz(3),
  boot_id_before text,
  boot_id_after text,
  pending_reboot_before boolean,
  reboot text CONSTRAINT patch_job_hosts_reboot_check CHECK (reboot IN ('not_needed', 'not_allowed', 'pending', 'done')),
  reboot_ordered_at timestamptz(3),
  reboot_until timestamptz(3),
  overran_by_seconds integer,
  -- lines of the agent's log that are here already
  agent_log_seq integer NOT NULL DEFAULT 0,
  log_lines integer NOT NULL DEFAULT 0,

  -- after the patch
  verify_until timestamptz(3),
  -- [{check_id, name, before, after, passes}]
  verification_checks jsonb NOT NULL DEFAULT '[]',
  verification text CONSTRAINT patch_job_hosts_verification_check
    CHECK (verification IN ('verified', 'regressed', 'pre_existing', 'none')),
  ended_at timestamptz(3),
  -- the agent may forget the run; null until it was told
  acknowledged_at timestamptz(3),
  resolved_at timestamptz(3),
  resolved_by uuid CONSTRAINT patch_job_hosts_resolved_by_fkey REFERENCES users ON DELETE SET NULL,
  resolved_outcome text CONSTRAINT patch_job_hosts_resolved_outcome_check CHECK (resolved_outcome IN ('succeeded', 'failed')),
  resolved_reason text,

  CONSTRAINT patch_job_hosts_job_id_host_id_key UNIQUE (job_id, host_id),
  CONSTRAINT patch_job_hosts_job_id_position_key UNIQUE (job_id, position),
  CONSTRAINT patch_job_hosts_ended_check CHECK ((ended_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled', 'indeterminate'))),
  CONSTRAINT patch_job_hosts_resolved_check CHECK (
    num_nulls(resolved_at, resolved_outcome, resolved_reason) IN (0, 3) AND (resolved_at IS NULL OR status = 'indeterminate'))
) WITH (fillfactor = 80);
-- one active run per host, whatever raced: those that have not ended, and those of which nobody knows whether they have
CREATE UNIQUE INDEX patch_job_hosts_active_key ON patch_job_hosts (host_id)
  WHERE status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')
    OR (status = 'indeterminate' AND resolved_at IS NULL);
-- the claims of the gate
CREATE INDEX patch_job_hosts_attempt_idx ON patch_job_hosts (next_attempt_at) WHERE status IN ('queued', 'waiting_health_check');
-- attempts that somebody asked for
CREATE INDEX patch_job_hosts_asked_idx ON patch_job_hosts (check_requested_at)
  WHERE status IN ('queued', 'waiting_health_check') AND check_requested_at IS NOT NULL;
-- runs that end because somebody wants them to
CREATE INDEX patch_job_hosts_cancel_idx ON patch_job_hosts (id)
  WHERE status IN ('queued', 'waiting_health_check') AND cancel_requested_at IS NOT NULL;
-- the few that may kill whoever claims them
CREATE INDEX patch_job_hosts_suspect_idx ON patch_job_hosts (crash_count) WHERE crash_count >= 3;
-- the close of windows
CREATE INDEX patch_job_hosts_close_idx ON patch_job_hosts (window_closes_at) WHERE status IN ('queued', 'waiting_health_check');
-- the claims of what is under way, and of outcomes that may still come to light
CREATE INDEX patch_job_hosts_step_idx ON patch_job_hosts (next_step_at)
  WHERE status IN ('dispatching', 'running', 'rebooting', 'verifying', 'indeterminate');
-- ended runs that their agent keeps until it is told that we know
CREATE INDEX patch_job_hosts_unacknowledged_idx ON patch_job_hosts (ended_at)
  WHERE acknowledged_at IS NULL AND agent_epoch IS NOT NULL AND ended_at IS NOT NULL;
-- the numbers of jobs, and jobs by status; a status never changes without an index of its own changing too
CREATE INDEX patch_job_hosts_job_id_status_idx ON patch_job_hosts (job_id, status);
-- the runs of a host
CREATE INDEX patch_job_hosts_host_id_idx ON patch_job_hosts (host_id);
`;

const evidence = `
CREATE TABLE gate_attempts (
  run_id uuid NOT NULL CONSTRAINT gate_attempts_run_id_fkey REFERENCES patch_job_hosts ON DELETE CASCADE,
  attempt integer NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  outcome text NOT NULL CONSTRAINT gate_attempts_outcome_check
    CHECK (outcome IN ('pass', 'fail', 'error', 'no_checks', 'overridden')),
  held_by text,
  override_by uuid CONSTRAINT gate_attempts_override_by_fkey REFERENCES users ON DELETE SET NULL,
  override_reason text,
  CONSTRAINT gate_attempts_pkey PRIMARY KEY (run_id, attempt)
);

-- The name is a copy and there is no foreign key to the check: evidence outlives it.
CREATE TABLE gate_attempt_checks (
  run_id uuid NOT NULL,
  attempt integer NOT NULL,
  check_id uuid NOT NULL,
  position smallint NOT NULL,
  name text NOT NULL,
  verdict text NOT NULL CONSTRAINT gate_attempt_checks_verdict_check CHECK (verdict IN ('pass', 'fail', 'error')),
  reason text NOT NULL,
  detail text NOT NULL,
  latency_ms integer NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  CONSTRAINT gate_attempt_checks_pkey PRIMARY KEY (run_id, attempt, check_id),
  CONSTRAINT gate_attempt_checks_attempt_fkey FOREIGN KEY (run_id, attempt) REFERENCES gate_attempts ON DELETE CASCADE
);

CREATE TABLE run_log (
  run_id uuid NOT NULL CONSTRAINT run_log_run_id_fkey REFERENCES patch_job_hosts ON DELETE CASCADE,
  seq integer NOT NULL,
  at timestamptz(3) NOT NULL,
  source text NOT NULL CONSTRAINT run_log_source_check CHECK (source IN ('agent', 'manager')),
  line text NOT NULL CONSTRAINT run_log_line_check CHECK (char_length(line) <= 2000),
  CONSTRAINT run_log_pkey PRIMARY KEY (run_id, seq)
);
`;

export class PatchJobs1790000700000 implements MigrationInterface {
  readonly name = 'PatchJobs1790000700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [jobs, runs, evidence]) await runner.query(part);
  }

  // What was done to hosts would be forgotten; a restore from backup is the way.
  down(): Promise<void> {
    return Promise.reject(new Error('the jobs cannot be undone'));
  }
}
