import type { ProbeReason } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';

export interface StoredResultRow {
  checked_at: Date;
  healthy: boolean;
  suspect: boolean;
  reason: ProbeReason;
  detail: string | null;
  latency_ms: number;
}

export interface ResultRange {
  checkId: string;
  /** Included. */
  from: Date;
  /** Excluded. */
  to: Date | null;
  limit: number;
}

/** Latest first. The bounds let the server leave out whole partitions. */
export function listResults(db: Db, { checkId, from, to, limit }: ResultRange): Promise<StoredResultRow[]> {
  return query(
    db,
    sql`SELECT checked_at, healthy, suspect, reason, detail, latency_ms FROM host_health_check_results
      WHERE check_id = ${checkId} AND checked_at >= ${from} AND checked_at < COALESCE(${to}::timestamptz, 'infinity')
      ORDER BY checked_at DESC LIMIT ${limit}`,
  );
}
