import { AgentError } from '@patchgate/agent-client';
import type { AgentAddress, AgentSession } from '@patchgate/agent-client';
import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { FailPoints } from './fail-points.js';
import { asked } from './step-answers.js';

/** An agent that is gone for longer keeps what it has; nothing of ours waits for it. */
const keptFor = '30 days';

/** Runs that have ended and whose agents have not been told; done twice it is done once, so nobody has to own them. */
export function findUnacknowledged(
  db: Db,
  limit: number,
): Promise<readonly (AgentAddress & { readonly runId: string })[]> {
  return query(
    db,
    sql`SELECT r.id AS "runId", r.host_id AS "hostId", host(h.address) AS address, h.agent_port AS port
      FROM patch_job_hosts r JOIN hosts h ON h.id = r.host_id
      WHERE r.acknowledged_at IS NULL AND r.agent_epoch IS NOT NULL AND r.status IN ('succeeded', 'failed', 'cancelled')
        AND r.accepted_at IS NOT NULL AND h.agent_status = 'connected' AND r.ended_at > now() - ${keptFor}::interval
      ORDER BY r.ended_at LIMIT ${limit}`,
  );
}

/**
 * Tells an agent that it may forget the log of a run: it was read to its end before. One that cannot be told now is told
 * later; one that does not know the run any more need not be.
 */
export async function acknowledgeRun(
  db: Db,
  session: AgentSession,
  runId: string,
  { now, failPoints }: { readonly now: Date; readonly failPoints: FailPoints },
): Promise<void> {
  failPoints.reach('before_acknowledge');
  const answer = await asked(session.acknowledge(runId));
  failPoints.reach('after_acknowledge');
  if (answer instanceof AgentError && answer.code !== 'RUN_NOT_FOUND') return;
  await execute(
    db,
    sql`UPDATE patch_job_hosts SET acknowledged_at = ${now} WHERE id = ${runId} AND acknowledged_at IS NULL`,
  );
}
