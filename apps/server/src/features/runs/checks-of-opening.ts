import type { GateAttemptView } from '@patchgate/contracts';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { DispatchedRun } from './run-step.js';
import { pairOf } from './stored-pair.js';
import type { StoredPair } from './stored-pair.js';

type OpeningCheck = Omit<GateAttemptView['checks'][number], 'checked_at'> & { readonly checked_at: Date };

/** What the checks were in the attempt that opened the gate, with nothing found of them since. */
export async function checksOfOpening(
  db: Db,
  { id, attempt }: Pick<DispatchedRun, 'id' | 'attempt'>,
): Promise<StoredPair[]> {
  const rows = await query<OpeningCheck>(
    db,
    sql`SELECT check_id, name, verdict, reason, detail, latency_ms, checked_at FROM gate_attempt_checks
      WHERE run_id = ${id} AND attempt = ${attempt} ORDER BY position`,
  );
  return rows.map((row) => pairOf({ ...row, checked_at: row.checked_at.toISOString() }));
}
