import type { AttemptOutcome, CheckVerdict, RunReason } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

/** An attempt as it is kept, with what each check said. */
export interface AttemptEvidence {
  readonly runId: string;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: AttemptOutcome;
  readonly heldBy: RunReason | null;
  /** Who let it through against its checks, and why. */
  readonly override: { readonly by: string; readonly reason: string } | null;
  readonly verdicts: readonly CheckVerdict[];
}

export async function insertEvidence(db: Db, attempts: readonly AttemptEvidence[]): Promise<void> {
  if (attempts.length === 0) return;
  await execute(
    db,
    sql`INSERT INTO gate_attempts (run_id, attempt, started_at, ended_at, outcome, held_by, override_by, override_reason)
      SELECT * FROM unnest(${attempts.map(({ runId }) => runId)}::uuid[],
        ${attempts.map(({ attempt }) => attempt)}::integer[], ${attempts.map(({ startedAt }) => startedAt)}::timestamptz[],
        ${attempts.map(({ endedAt }) => endedAt)}::timestamptz[], ${attempts.map(({ outcome }) => outcome)}::text[],
        ${attempts.map(({ heldBy }) => heldBy)}::text[], ${attempts.map(({ override }) => override?.by ?? null)}::uuid[],
        ${attempts.map(({ override }) => override?.reason ?? null)}::text[])`,
  );
  const checks = attempts.flatMap(({ runId, attempt, verdicts }) =>
    verdicts.map((verdict, position) => ({ runId, attempt, position, ...verdict })),
  );
  if (checks.length === 0) return;
  await execute(
    db,
    sql`INSERT INTO gate_attempt_checks (run_id, attempt, check_id, position, name, verdict, reason, detail, latency_ms,
        checked_at)
      SELECT * FROM unnest(${checks.map(({ runId }) => runId)}::uuid[],
        ${checks.map(({ attempt }) => attempt)}::integer[], ${checks.map(({ checkId }) => checkId)}::uuid[],
        ${checks.map(({ position }) => position)}::smallint[], ${checks.map(({ name }) => name)}::text[],
        ${checks.map(({ verdict }) => verdict)}::text[], ${checks.map(({ reason }) => reason)}::text[],
        ${checks.map(({ detail }) => detail)}::text[], ${checks.map(({ latencyMs }) => latencyMs)}::integer[],
        ${checks.map(({ checkedAt }) => new Date(checkedAt))}::timestamptz[])`,
  );
}

/** A run that was looked at under a claim. */
export interface LookedAt {
  readonly id: string;
  readonly fence: string;
  /** Null when it was held without an attempt. */
  readonly attemptedAt: Date | null;
  /** The request that the claim has seen; a later one stays. */
  readonly checkRequestedAt: Date | null;
  /** The claim goes on to the dispatch. */
  readonly keepsClaim: boolean;
}

/** What a look leaves on the run besides what was decided: it answers a request, and gives the claim back. */
export async function settleLooks(db: Db, looks: readonly LookedAt[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE patch_job_hosts r SET last_attempt_at = COALESCE(l.attempted_at, r.last_attempt_at),
        check_requested_at = CASE WHEN r.check_requested_at IS DISTINCT FROM l.requested_at THEN r.check_requested_at END,
        owner = CASE WHEN l.keeps_claim THEN r.owner END, lease_until = CASE WHEN l.keeps_claim THEN r.lease_until END
      FROM unnest(${looks.map(({ id }) => id)}::uuid[], ${looks.map(({ fence }) => fence)}::bigint[],
        ${looks.map(({ attemptedAt }) => attemptedAt)}::timestamptz[],
        ${looks.map(({ checkRequestedAt }) => checkRequestedAt)}::timestamptz[],
        ${looks.map(({ keepsClaim }) => keepsClaim)}::boolean[])
        AS l (id, fence, attempted_at, requested_at, keeps_claim)
      WHERE r.id = l.id AND r.fence = l.fence`,
  );
}
