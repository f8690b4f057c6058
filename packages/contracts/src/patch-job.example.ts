const jobId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2e01';
const runId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2e02';
const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const groupId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10';

export const requestExample = {
  name: 'March security roll-up',
  group_ids: [groupId],
  selection: 'security' as const,
  schedule: 'window' as const,
  canary: 1,
  batch_size: 24,
  max_in_flight: 24,
  max_failures: 3,
};

const noRuns = {
  queued: 0,
  waiting_health_check: 0,
  dispatching: 0,
  running: 0,
  rebooting: 0,
  verifying: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  indeterminate: 0,
};

export const jobExample = {
  id: jobId,
  number: 1284,
  name: 'March security roll-up',
  status: 'running' as const,
  created_by: { id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2b01', name: 'Anna Lindqvist' },
  created_at: '2026-03-25T15:42:00.000Z',
  schedule: 'window' as const,
  deadline_at: null,
  selection: 'security' as const,
  packages: null,
  exclude: [],
  groups: [{ id: groupId, name: 'prod-web' }],
  allow_reboot: false,
  canary: 1,
  batch_size: 24,
  max_in_flight: 24,
  max_failures: 3,
  paused: null,
  retry_of: null,
  run_counts: { ...noRuns, waiting_health_check: 1 },
  hosts_total: 1,
  in_flight: 0,
  failures: 0,
  window_opens_at: '2026-03-26T01:00:00.000Z',
  window_closes_at: '2026-03-26T03:00:00.000Z',
  expected_end_at: null,
  ended_at: null,
};

const checkExample = {
  check_id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2d01',
  name: 'Storefront answers',
  verdict: 'fail' as const,
  reason: 'status' as const,
  detail: 'status 503',
  latency_ms: 388,
  checked_at: '2026-03-26T01:45:04.388Z',
};

export const attemptExample = {
  attempt: 8,
  started_at: '2026-03-26T01:45:04.000Z',
  ended_at: '2026-03-26T01:45:04.400Z',
  outcome: 'fail' as const,
  held_by: null,
  override: null,
  checks: [checkExample],
};

export const runExample = {
  id: runId,
  job_id: jobId,
  host_id: hostId,
  fqdn: 'shop-web-07.example.org',
  status: 'waiting_health_check' as const,
  reason: 'check_failed' as const,
  detail: 'Storefront answers: status 503',
  position: 5,
  batch: 1,
  gate: {
    attempts: 8,
    last_attempt_at: '2026-03-26T01:45:04.000Z',
    next_attempt_at: '2026-03-26T01:50:04.000Z',
    window_opens_at: '2026-03-26T01:00:00.000Z',
    window_closes_at: '2026-03-26T03:00:00.000Z',
    outcomes: ['fail' as const, 'error' as const, 'fail' as const],
    checks: [checkExample],
  },
  cancel_requested_at: null,
  override: null,
  dispatched_at: null,
  ended_at: null,
  progress: null,
  phase: null,
  unreachable_since: null,
  overran_by_seconds: null,
  verification: null,
  verify_until: null,
  log_lines: 0,
  resolution: null,
};

export const runDetailExample = {
  ...runExample,
  host: { os: 'Debian GNU/Linux', os_version: '12.13', agent_version: '0.1.0' },
  packages: [{ name: 'openssl', before: '3.0.17-1~deb12u2', wanted: '3.0.18-1~deb12u1', after: null }],
  checks: [],
  boot_id_before: null,
  boot_id_after: null,
  reboot: null,
  actors: { cancelled_by: null },
};

export const previewExample = {
  name: 'March security roll-up',
  hosts_total: 1,
  counts: { ready: 1, would_wait: 0, no_gate: 0, will_not_start: 0 },
  first_start_at: '2026-03-26T01:00:00.000Z',
  obstacles: [],
  batches: 1,
  package_kinds: 2,
  reboots: 0,
  items: [
    {
      host_id: hostId,
      fqdn: 'shop-web-07.example.org',
      outcome: 'ready' as const,
      reason: null,
      detail: null,
      busy_in: null,
      position: 0,
      batch: 0,
      health_check_status: 'healthy' as const,
      health_checks: { total: 4, healthy: 4, unhealthy: 0, unknown: 0 },
      window: { opens_at: '2026-03-26T01:00:00.000Z', closes_at: '2026-03-26T03:00:00.000Z' },
      earliest_start_at: '2026-03-26T01:00:00.000Z',
      patches: 2,
      requires_reboot: false,
    },
  ],
};
