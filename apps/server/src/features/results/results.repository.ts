import type { ProbeReason } from '@patchgate/domain';
import sql from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { MeasuredResult } from './measured-result.js';

/** In the history a result is what counts; the words are kept where something is wrong. */
export async function insertResults(db: Db, results: readonly MeasuredResult[]): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO host_health_check_results (check_id, checked_at, healthy, suspect, reason, detail, latency_ms)
      SELECT * FROM unnest(${results.map((result) => result.check_id)}::uuid[],
        ${results.map((result) => result.checked_at)}::timestamptz[],
        ${results.map((result) => result.healthy)}::boolean[], ${results.map((result) => result.suspect)}::boolean[],
        ${results.map((result) => result.reason)}::text[],
        ${results.map((result) => (result.healthy ? null : result.detail))}::text[],
        ${results.map((result) => result.latency_ms)}::integer[])
      ON CONFLICT DO NOTHING`,
  );
}

export interface StateRow {
  check_id: string;
  status: 'healthy' | 'unhealthy' | 'unknown';
  since: Date;
  revision: number;
  last_result_at: Date | null;
  last_latency_ms: number | null;
  last_reason: ProbeReason | null;
  last_detail: string | null;
  consecutive_failures: number;
  consecutive_results: number;
}

/** Locked in the order of their ids, so that batches of several workers wait for each other and never in a circle. */
export function lockStates(db: Db, checkIds: readonly string[]): Promise<StateRow[]> {
  return query(
    db,
    sql`SELECT check_id, status, since, revision, last_result_at, last_latency_ms, last_reason, last_detail,
        consecutive_failures, consecutive_results
      FROM health_check_state WHERE check_id = ANY (${checkIds}::uuid[]) ORDER BY check_id FOR NO KEY UPDATE`,
  );
}

/** All of a host, before its checks are changed: a batch of results takes the same locks in the same order. */
export async function lockStatesOfHosts(db: Db, hostIds: readonly string[]): Promise<void> {
  await execute(
    db,
    sql`SELECT FROM health_check_state s JOIN host_health_checks c ON c.id = s.check_id
      WHERE c.host_id = ANY (${hostIds}::uuid[]) ORDER BY s.check_id FOR NO KEY UPDATE OF s`,
  );
}

/** What is new or of another revision than was measured begins anew. */
export async function beginStates(db: Db, hostIds: readonly string[], now: Date): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO health_check_state AS s (check_id, since, revision)
      SELECT id, ${now}, revision FROM host_health_checks WHERE host_id = ANY (${hostIds}::uuid[]) ORDER BY id
      ON CONFLICT (check_id) DO UPDATE SET status = 'unknown', since = EXCLUDED.since, revision = EXCLUDED.revision,
        last_result_at = NULL, last_latency_ms = NULL, last_reason = NULL, last_detail = NULL,
        consecutive_failures = 0, consecutive_results = 0
      WHERE s.revision <> EXCLUDED.revision`,
  );
}

export async function updateStates(db: Db, states: readonly StateRow[]): Promise<void> {
  await execute(
    db,
    sql`UPDATE health_check_state s SET status = n.status, since = n.since, last_result_at = n.last_result_at,
        last_latency_ms = n.last_latency_ms, last_reason = n.last_reason, last_detail = n.last_detail,
        consecutive_failures = n.consecutive_failures, consecutive_results = n.consecutive_results
      FROM unnest(${states.map((state) => state.check_id)}::uuid[], ${states.map((state) => state.status)}::text[],
        ${states.map((state) => state.since)}::timestamptz[],
        ${states.map((state) => state.last_result_at)}::timestamptz[],
        ${states.map((state) => state.last_latency_ms)}::integer[],
        ${states.map((state) => state.last_reason)}::text[], ${states.map((state) => state.last_detail)}::text[],
        ${states.map((state) => state.consecutive_failures)}::integer[],
        ${states.map((state) => state.consecutive_results)}::integer[])
        AS n (check_id, status, since, last_result_at, last_latency_ms, last_reason, last_detail,
          consecutive_failures, consecutive_results)
      WHERE s.check_id = n.check_id`,
  );
}

export interface Flip {
  check_id: string;
  at: Date;
  status: string;
  reason: string;
  detail: string;
}

export async function insertFlips(db: Db, flips: readonly Flip[]): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO health_check_flips (check_id, at, status, reason, detail)
      SELECT * FROM unnest(${flips.map((flip) => flip.check_id)}::uuid[], ${flips.map((flip) => flip.at)}::timestamptz[],
        ${flips.map((flip) => flip.status)}::text[], ${flips.map((flip) => flip.reason)}::text[],
        ${flips.map((flip) => flip.detail)}::text[])
      ON CONFLICT DO NOTHING`,
  );
}

/** Whether results of this instant have a place. */
export async function hasPartition(db: Db, at: Date): Promise<boolean> {
  const row = await queryOne<{ has: boolean }>(
    db,
    sql`SELECT to_regclass(result_partition_name(date_trunc('hour', ${at}::timestamptz, 'UTC'))) IS NOT NULL AS has`,
  );
  return row?.has ?? false;
}

export async function addPartitions(db: Db, first: Date, last: Date): Promise<void> {
  await execute(db, sql`SELECT add_result_partitions(${first}, ${last})`);
}

/** @returns how many hours of results went */
export async function dropPartitions(db: Db, olderThan: Date): Promise<number> {
  const row = await queryOne<{ dropped: number }>(
    db,
    sql`SELECT drop_result_partitions(${olderThan}) AS dropped`,
  );
  return row?.dropped ?? 0;
}

/** When the room for results ends; null without any. */
export async function partitionsEnd(db: Db): Promise<Date | null> {
  const row = await queryOne<{ end: Date | null }>(db, sql`SELECT result_partitions_end() AS "end"`);
  return row?.end ?? null;
}

export async function deleteFlips(db: Db, olderThan: Date): Promise<void> {
  await execute(db, sql`DELETE FROM health_check_flips WHERE at < ${olderThan}`);
}
