import sql from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { FinishedRun } from './finished-run.js';

/** Ends runs that were only ordered, with all the evidence that a worker would have gathered. */
export async function finishRuns(db: Db, runs: readonly FinishedRun[]): Promise<void> {
  const given = JSON.stringify(runs);
  await execute(
    db,
    sql`UPDATE patch_job_hosts r SET status = f.status, reason = f.reason, detail = f.detail, attempt = f.attempt,
        last_attempt_at = f.last_attempt_at, last_outcome = f.last_outcome, next_attempt_at = NULL,
        dispatched_at = f.dispatched_at, accepted_at = f.dispatched_at, package_changes = f.package_changes,
        progress = f.progress, reboot = f.reboot, verification = f.verification,
        verification_checks = f.verification_checks, ended_at = f.ended_at, log_lines = jsonb_array_length(f.log)
      FROM jsonb_to_recordset(${given}::jsonb) AS f (run_id uuid, status text, reason text, detail text, attempt int,
        last_attempt_at timestamptz, last_outcome text, dispatched_at timestamptz, package_changes jsonb, progress smallint,
        reboot text, verification text, verification_checks jsonb, ended_at timestamptz, log jsonb)
      WHERE r.id = f.run_id`,
  );
  await execute(
    db,
    sql`INSERT INTO gate_attempts (run_id, attempt, started_at, ended_at, outcome)
      SELECT f.run_id, a.attempt, a.at, a.at + interval '0.4 seconds', a.outcome
      FROM jsonb_to_recordset(${given}::jsonb) AS f (run_id uuid, attempts jsonb),
        jsonb_to_recordset(f.attempts) AS a (attempt int, at timestamptz, outcome text)`,
  );
  await execute(
    db,
    sql`INSERT INTO gate_attempt_checks (run_id, attempt, check_id, position, name, verdict, reason, detail, latency_ms,
        checked_at)
      SELECT f.run_id, a.attempt, c.check_id, c.place - 1, c.name, c.verdict, c.reason, c.detail, c.latency_ms, c.checked_at
      FROM jsonb_to_recordset(${given}::jsonb) AS f (run_id uuid, attempts jsonb),
        jsonb_to_recordset(f.attempts) AS a (attempt int, checks jsonb),
        ROWS FROM (jsonb_to_recordset(a.checks) AS (check_id uuid, name text, verdict text, reason text, detail text,
          latency_ms int, checked_at timestamptz)) WITH ORDINALITY
          AS c (check_id, name, verdict, reason, detail, latency_ms, checked_at, place)`,
  );
  await execute(
    db,
    sql`INSERT INTO run_log (run_id, seq, at, source, line)
      SELECT f.run_id, l.seq, l.at, l.source, l.line FROM jsonb_to_recordset(${given}::jsonb) AS f (run_id uuid, log jsonb),
        jsonb_to_recordset(f.log) AS l (seq int, at timestamptz, source text, line text)`,
  );
}
