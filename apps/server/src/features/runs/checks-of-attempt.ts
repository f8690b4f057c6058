import sql from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';

/** The checks of one attempt as JSON, in the order they have on their host. */
export const checksOf = (runId: Sql, attempt: Sql): Sql =>
  sql`COALESCE((SELECT jsonb_agg(jsonb_build_object('check_id', k.check_id, 'name', k.name, 'verdict', k.verdict,
    'reason', k.reason, 'detail', k.detail, 'latency_ms', k.latency_ms, 'checked_at', k.checked_at) ORDER BY k.position)
    FROM gate_attempt_checks k WHERE k.run_id = ${runId} AND k.attempt = ${attempt}), '[]')`;
