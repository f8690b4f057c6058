import type { GateAttemptView, RunDetailView, RunView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import { isHiddenFrom, wordsFor } from '../health-checks/words-for.js';
import type { AttemptCheck, AttemptRow, ListedRunRow, RunDetailRow } from './listed-run.row.js';

type Viewer = Pick<Principal, 'role'>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A check as a person may read of it. PostgreSQL writes instants in JSON in its own way. */
const checkView = (viewer: Viewer, check: AttemptCheck): AttemptCheck => ({
  ...wordsFor(viewer, check),
  checked_at: new Date(check.checked_at).toISOString(),
});

export function runView(row: ListedRunRow, viewer: Viewer): RunView {
  return {
    id: row.id,
    job_id: row.job_id,
    host_id: row.host_id,
    fqdn: row.fqdn,
    status: row.status,
    reason: row.reason,
    detail: detailFor(row, viewer),
    position: row.position,
    batch: row.batch,
    gate: {
      attempts: row.attempt,
      last_attempt_at: iso(row.last_attempt_at),
      next_attempt_at: iso(row.next_attempt_at),
      window_opens_at: iso(row.window_opens_at),
      window_closes_at: iso(row.window_closes_at),
      outcomes: row.outcomes,
      checks: row.checks.map((check) => checkView(viewer, check)),
    },
    cancel_requested_at: iso(row.cancel_requested_at),
    override: overrideOf(row),
    dispatched_at: iso(row.dispatched_at),
    ended_at: iso(row.ended_at),
    progress: row.progress,
    phase: row.phase,
    unreachable_since: iso(row.unreachable_since),
    overran_by_seconds: row.overran_by_seconds,
    verification: row.verification,
    verify_until: iso(row.verify_until),
    log_lines: row.log_lines,
    resolution: resolutionOf(row),
  };
}

/** The words for a run are made of those of its checks, so what is hidden of one is hidden here too. */
function detailFor({ detail, checks, verification_checks }: ListedRunRow, viewer: Viewer): string | null {
  const found = [...checks, ...verification_checks.flatMap(({ after }) => after ?? [])];
  if (detail === null || !found.some(({ reason }) => isHiddenFrom(viewer, reason))) return detail;
  const failing = found.filter(({ verdict }) => verdict !== 'pass');
  return failing.map((check) => `${check.name}: ${wordsFor(viewer, check).detail}`).join('; ');
}

function overrideOf(row: ListedRunRow): RunView['override'] {
  const { override_requested_at: at, override_reason: reason } = row;
  return at === null || reason === null ? null : { by: row.override_name, reason, at: at.toISOString() };
}

function resolutionOf(row: ListedRunRow): RunView['resolution'] {
  const { resolved_at: at, resolved_outcome: outcome, resolved_reason: reason } = row;
  if (at === null || outcome === null || reason === null) return null;
  return { outcome, reason, by: row.resolved_name, at: at.toISOString() };
}

export function runDetailView(row: RunDetailRow, viewer: Viewer): RunDetailView {
  const { os, os_version, agent_version, cancel_requested_by } = row;
  const isCancelled = row.cancel_requested_at !== null;
  return {
    ...runView(row, viewer),
    host: { os, os_version, agent_version },
    packages: row.package_changes,
    checks: row.verification_checks.map(({ check_id, name, before, after }) => ({
      check_id,
      name,
      before: before && checkView(viewer, before),
      after: after && checkView(viewer, after),
    })),
    boot_id_before: row.boot_id_before,
    boot_id_after: row.boot_id_after,
    reboot: row.reboot,
    actors: { cancelled_by: isCancelled ? { id: cancel_requested_by, name: row.canceller_name } : null },
  };
}

export function attemptView(row: AttemptRow, viewer: Viewer): GateAttemptView {
  const { attempt, outcome, held_by, override_reason: reason } = row;
  return {
    attempt,
    started_at: row.started_at.toISOString(),
    ended_at: row.ended_at.toISOString(),
    outcome,
    held_by,
    override: reason === null ? null : { by: row.override_name, reason },
    checks: row.checks.map((check) => checkView(viewer, check)),
  };
}
