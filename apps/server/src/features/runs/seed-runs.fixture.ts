import { batchOf } from '@patchgate/domain';
import { newId } from '../../platform/ids/new-id.js';
import type { Queries } from '../results/seed-hosts.fixture.js';
import { seededChecks, seededLog, seededPackages, seededStates } from './seeded-states.fixture.js';
import type { SeededState, SeededStateName } from './seeded-states.fixture.js';

export interface SeededJob {
  readonly id: string;
  readonly number: number;
  readonly runs: readonly { id: string; hostId: string; state: SeededStateName }[];
}

interface JobSeed {
  /** Whose rights it runs with; also who is said to have overridden, cancelled and resolved. */
  readonly createdBy: string;
  /** In the order of the roll-out. A host can be in one run that has not ended. */
  readonly runs: readonly { hostId: string; state: SeededStateName; checkIds?: readonly string[] }[];
  readonly now: Date;
  readonly name?: string;
  readonly schedule?: 'now' | 'window';
  readonly groupIds?: readonly string[];
  readonly canary?: number;
  readonly batchSize?: number | null;
  readonly maxInFlight?: number;
  readonly maxFailures?: number;
  readonly paused?: 'person' | 'canary_failed' | 'budget_spent';
  readonly retryOf?: string;
}

const minuteMs = 60_000;
const everyMinutes = 5;

/** A job with runs in the states wanted, written straight into the tables as the worker would have left them. */
export async function seedJob(db: Queries, seed: JobSeed): Promise<SeededJob> {
  const { createdBy, now, schedule = 'window', canary = 0, batchSize = null, paused } = seed;
  const id = newId();
  const at = (minutesAgo: number): Date => new Date(now.getTime() - minutesAgo * minuteMs);
  const [job] = (await db
    .query(
      `INSERT INTO patch_jobs (id, name, created_by, created_at, schedule, deadline_at, selection, exclude, group_ids,
       allow_reboot, canary, batch_size, max_in_flight, max_failures, paused_at, pause_reason, pause_detail, paused_by,
       retry_of)
     VALUES ($1, $2, $3, $4, $5, $6, 'security', '{}', $7, false, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     RETURNING number::int AS number`,
      [
        id,
        seed.name ?? 'March security roll-up',
        createdBy,
        at(120),
        schedule,
        schedule === 'now' ? at(-60) : null,
        seed.groupIds ?? [],
        canary,
        batchSize,
        seed.maxInFlight ?? 10,
        seed.maxFailures ?? 0,
        paused ? at(5) : null,
        paused ?? null,
        paused ? 'paused at 1 of 0 failures' : null,
        paused === 'person' ? createdBy : null,
        seed.retryOf ?? null,
      ],
    )
    .then(rowsOf)) as { number: number }[];
  const runs = seed.runs.map((run) => ({ id: newId(), ...run }));
  for (const [position, run] of runs.entries()) {
    const batch = batchOf(position, { canary, batchSize });
    await seedRun(db, { jobId: id, createdBy, position, batch, at, ...run });
  }
  return { id, number: job?.number ?? 0, runs };
}

// The driver answers an object with rows, the data source the rows themselves.
const rowsOf = (result: unknown): unknown[] =>
  Array.isArray(result) ? result : (result as { rows: unknown[] }).rows;

interface RunSeed {
  readonly id: string;
  readonly jobId: string;
  readonly hostId: string;
  readonly createdBy: string;
  readonly state: SeededStateName;
  readonly position: number;
  readonly batch: number;
  readonly checkIds?: readonly string[];
  /** The instant some minutes ago. */
  readonly at: (minutesAgo: number) => Date;
}

async function seedRun(db: Queries, seed: RunSeed): Promise<void> {
  const { id, createdBy, at, checkIds = [newId(), newId()] } = seed;
  const state: SeededState = seededStates[seed.state];
  const { outcomes = [], dispatchedAgo, endedAgo, nextAttemptIn, isOverridden, resolved } = state;
  const ago = (minutes: number | undefined): Date | null => (minutes === undefined ? null : at(minutes));
  const lastAttemptAgo = dispatchedAgo ?? everyMinutes - (nextAttemptIn ?? 0);
  const log = seededLog(state, at(0));
  const isAtGate = state.status === 'queued' || state.status === 'waiting_health_check';
  const isFuture = state.reason === 'outside_window';
  const columns = {
    id,
    job_id: seed.jobId,
    host_id: seed.hostId,
    position: seed.position,
    batch: seed.batch,
    status: state.status,
    reason: state.reason,
    detail: state.detail ?? null,
    attempt: outcomes.length,
    last_attempt_at: outcomes.length === 0 ? null : at(lastAttemptAgo),
    last_outcome: outcomes.at(-1) ?? null,
    next_attempt_at: isAtGate && nextAttemptIn !== undefined ? at(-nextAttemptIn) : null,
    window_opens_at: isFuture ? at(-45) : at(100),
    window_closes_at: isFuture ? at(-165) : at(state.reason === 'gate_window_closed' ? 2 : -72),
    cancel_requested_at: state.isCancelRequested ? at(7) : null,
    cancel_requested_by: state.isCancelRequested ? createdBy : null,
    override_by: isOverridden ? createdBy : null,
    override_reason: isOverridden ? 'The storefront is in maintenance until 04:00, ticket OPS-4711' : null,
    override_requested_at: isOverridden ? at(1) : null,
    // Of no worker that lives: nothing of a fixture is claimed before a test wants it to be.
    next_step_at: !isAtGate && endedAgo === undefined ? at(-60 * 24) : null,
    dispatched_at: ago(dispatchedAgo),
    package_changes: JSON.stringify(seededPackages(state)),
    accepted_at: state.status === 'dispatching' ? null : ago(dispatchedAgo),
    progress: state.progress ?? null,
    phase: state.phase ?? null,
    unreachable_since: state.isUnreachable ? at(3) : null,
    boot_id_before: dispatchedAgo === undefined ? null : '7f1c9c4e-3f0c-4f0a-9a55-0e6f1a2b3c4d',
    reboot: state.reboot ?? null,
    overran_by_seconds: state.overranBySeconds ?? null,
    log_lines: log.length,
    verify_until: state.status === 'verifying' ? at(-7) : null,
    verification_checks: JSON.stringify(verificationOf(state, checkIds, at)),
    verification: state.verification ?? null,
    ended_at: ago(endedAgo),
    resolved_at: resolved ? at(10) : null,
    resolved_by: resolved ? createdBy : null,
    resolved_outcome: resolved ?? null,
    resolved_reason: resolved ? 'Looked at the host: dpkg was never started' : null,
  };
  const names = Object.keys(columns);
  await db.query(
    `INSERT INTO patch_job_hosts (${names.join(', ')}) VALUES (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(columns),
  );
  for (const [index, outcome] of outcomes.entries()) {
    const started = at(lastAttemptAgo + (outcomes.length - 1 - index) * everyMinutes);
    await seedAttempt(db, { id, attempt: index + 1, outcome, started, checkIds });
  }
  for (const { seq, at: instant, source, line } of log) {
    await db.query('INSERT INTO run_log (run_id, seq, at, source, line) VALUES ($1, $2, $3, $4, $5)', [
      ...[id, seq, instant, source, line],
    ]);
  }
}

function verificationOf(state: SeededState, checkIds: readonly string[], at: RunSeed['at']) {
  const { outcomes = [], verification, status, endedAgo } = state;
  if (status !== 'verifying' && (verification === undefined || verification === 'none')) return [];
  const before = seededChecks(checkIds, outcomes.at(-1) ?? 'pass', at(state.dispatchedAgo ?? 0));
  const after = seededChecks(checkIds, verification === 'regressed' ? 'fail' : 'pass', at(endedAgo ?? 0));
  return before.map((check, index) => ({
    check_id: check.check_id,
    name: check.name,
    before: check,
    after: after[index] ?? null,
    passes: after[index]?.verdict === 'pass' ? 2 : 0,
  }));
}

interface AttemptSeed {
  readonly id: string;
  readonly attempt: number;
  readonly outcome: NonNullable<SeededState['outcomes']>[number];
  readonly started: Date;
  readonly checkIds: readonly string[];
}

async function seedAttempt(db: Queries, { id, attempt, outcome, started, checkIds }: AttemptSeed) {
  await db.query(
    `INSERT INTO gate_attempts (run_id, attempt, started_at, ended_at, outcome) VALUES ($1, $2, $3, $4, $5)`,
    [id, attempt, started, new Date(started.getTime() + 420), outcome],
  );
  for (const [position, check] of seededChecks(checkIds, outcome, started).entries()) {
    await db.query(
      `INSERT INTO gate_attempt_checks (run_id, attempt, check_id, position, name, verdict, reason, detail, latency_ms,
         checked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, attempt, check.check_id, position, check.name, check.verdict, check.reason, check.detail],
        ...[check.latency_ms, check.checked_at],
      ],
    );
  }
}
