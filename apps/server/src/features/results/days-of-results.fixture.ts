import type { Queries } from './seed-hosts.fixture.js';

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const stepMs = 5 * minuteMs;

/** What became of a check in an hour of polls: two of them failed, it was asked for a third of it, nobody believed it. */
export type HourOfPolls = 'healthy' | 'unhealthy' | 'mixed' | 'gap' | 'none' | 'suspect';

export interface WrittenResult {
  readonly check_id: string;
  readonly checked_at: Date;
  readonly healthy: boolean;
  readonly suspect: boolean;
  readonly reason: string;
  readonly detail: string | null;
  readonly latency_ms: number;
}

/**
 * What polls every five minutes leave in a row of hours.
 *
 * @param startMs of the first hour
 * @param offsetMs of the first poll in each hour
 * @param endMs no result is later
 */
export function resultsOfHours(
  checkId: string,
  hours: readonly HourOfPolls[],
  { startMs, offsetMs = 0, endMs }: { startMs: number; offsetMs?: number; endMs: number },
): WrittenResult[] {
  return hours.flatMap((hour, index) =>
    Array.from({ length: pollsIn(hour) }, (_, poll) => {
      const healthy = !(hour === 'unhealthy' || hour === 'suspect' || (hour === 'mixed' && poll < 2));
      return {
        check_id: checkId,
        checked_at: new Date(startMs + index * hourMs + offsetMs + poll * stepMs),
        healthy,
        suspect: hour === 'suspect',
        reason: healthy ? 'ok' : 'connect',
        detail: healthy ? null : 'connection refused',
        latency_ms: 3 + ((index * 7 + poll) % 40),
      };
    }).filter(({ checked_at }) => checked_at.getTime() <= endMs),
  );
}

function pollsIn(hour: HourOfPolls): number {
  switch (hour) {
    case 'none':
      return 0;
    case 'gap':
      return 4;
    case 'healthy':
    case 'unhealthy':
    case 'mixed':
    case 'suspect':
      return hourMs / stepMs;
  }
}

/** Writes them into the partitions of their hours, which are made where they are missing. */
export async function writeResults(db: Queries, results: readonly WrittenResult[]): Promise<void> {
  const times = results.map(({ checked_at }) => checked_at.getTime());
  await db.query('SELECT add_result_partitions($1, $2)', [
    new Date(Math.min(...times)),
    new Date(Math.max(...times)),
  ]);
  await db.query(
    `INSERT INTO host_health_check_results (check_id, checked_at, healthy, suspect, reason, detail, latency_ms)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::boolean[], $5::text[], $6::text[], $7::int[])`,
    [
      results.map((result) => result.check_id),
      results.map((result) => result.checked_at),
      results.map((result) => result.healthy),
      results.map((result) => result.suspect),
      results.map((result) => result.reason),
      results.map((result) => result.detail),
      results.map((result) => result.latency_ms),
    ],
  );
  await db.query(
    `INSERT INTO health_check_state (check_id, status, since, revision, last_result_at, last_latency_ms, last_reason, last_detail)
     SELECT DISTINCT ON (r.check_id) r.check_id, CASE WHEN r.healthy THEN 'healthy' ELSE 'unhealthy' END, r.checked_at,
       c.revision, r.checked_at, r.latency_ms, r.reason, r.detail
     FROM host_health_check_results r JOIN host_health_checks c ON c.id = r.check_id
     WHERE r.check_id = ANY ($1) AND NOT r.suspect ORDER BY r.check_id, r.checked_at DESC`,
    [[...new Set(results.map(({ check_id }) => check_id))]],
  );
}
