// What the stored results say of the times at which checks were due: whether each came once, and how late.

/**
 * @typedef {object} PolledTimes
 * @property {number} due checks whose time came in the span
 * @property {number} once those of them that have exactly one result for it
 * @property {number} missed those without one
 * @property {number} twice those with more
 * @property {number} p50 seconds from the due time to the beginning of the probe
 * @property {number} p99
 * @property {number} max
 */

/**
 * @param {import('pg').Client} db
 * @param {{ from: Date, seconds: number, intervalSeconds: number, where?: string }} span in which checks were due; not
 *   longer than the interval, so that each is due at most once
 * @returns {Promise<PolledTimes>}
 */
export async function polledTimes(db, { from, seconds, intervalSeconds, where = 'true' }) {
  const { rows } = await db.query(
    `WITH schedule AS (
       SELECT c.id, (phase::bigint * $3::bigint / 1000000)::numeric AS offset_ms
       FROM host_health_checks c JOIN host_health USING (host_id) WHERE ${where}),
     due AS (
       SELECT id, ceil(($1::numeric - offset_ms) / $3) * $3 + offset_ms AS due_ms FROM schedule),
     counted AS (
       SELECT d.id, count(r.check_id) AS results,
         min(extract(epoch FROM r.checked_at) * 1000 - r.latency_ms - d.due_ms) / 1000 AS late
       FROM due d LEFT JOIN host_health_check_results r ON r.check_id = d.id
         AND r.checked_at >= to_timestamp(d.due_ms / 1000) AND r.checked_at < to_timestamp((d.due_ms + $3) / 1000)
       WHERE d.due_ms < $1::numeric + $2::numeric GROUP BY d.id)
     SELECT count(*)::int AS due, count(*) FILTER (WHERE results = 1)::int AS once,
       count(*) FILTER (WHERE results = 0)::int AS missed, count(*) FILTER (WHERE results > 1)::int AS twice,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY late)::float8 AS p50,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY late)::float8 AS p99, max(late)::float8 AS max
     FROM counted`,
    [from.getTime(), seconds * 1000, intervalSeconds * 1000],
  );
  return rows[0];
}
