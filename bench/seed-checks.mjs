// Hosts with checks as they are once they have been polled for a while: nothing is due at once, nothing is measured again.

const statements = [
  `WITH made AS (
     INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
     SELECT gen_random_uuid(), 'host-' || n || '.example.org', '10.0.0.0'::inet + n, 12443, now(), now()
     FROM generate_series(1, $1::int) n RETURNING id, fqdn)
   INSERT INTO host_health (host_id, fqdn, phase, health_check_status, since, checks_total, checks_healthy)
   SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int, 'healthy', now(), $2, $2 FROM made`,
  `WITH made AS (
     INSERT INTO host_health_checks (id, host_id, slot, name, check_type, url, expected_body, ignore_cert_errors, created_at, updated_at)
     SELECT gen_random_uuid(), host_id, slot, 'bench', 'http',
       ($2::text[])[1 + (row_number() OVER () - 1) % cardinality($2::text[])], 'ready', true, now(), now()
     FROM host_health, generate_series(1, $1::int) slot RETURNING id)
   INSERT INTO health_check_state (check_id, since, revision, status, last_result_at, last_latency_ms, last_reason,
     last_detail, consecutive_results)
   SELECT id, now(), 1, 'healthy', now(), 3, 'ok', 'HTTP 200', 5 FROM made`,
  // What autovacuum does on its own, a little later than a benchmark wants to wait.
  'VACUUM ANALYZE hosts, host_health, host_health_checks, health_check_state',
  // Last, because making so many takes time: from here on they are due at their places in the interval.
  `UPDATE host_health SET fresh_until = now() + make_interval(secs => 2 * $1::int + 10),
     next_poll_at = now() + make_interval(secs => mod($1::int + $1::int * phase / 1000000.0 - mod(extract(epoch FROM now()), $1::int), $1::int)::float8)`,
];

/**
 * @param {import('pg').Client} db
 * @param {{ hosts: number, checksEach: number, urls: readonly string[], intervalSeconds: number }} fleet each check has
 *   one of the addresses, in turns
 */
export async function seedChecks(db, { hosts, checksEach, urls, intervalSeconds }) {
  const values = [[hosts, checksEach], [checksEach, urls], [], [intervalSeconds]];
  for (const [n, statement] of statements.entries()) await db.query(statement, values[n]);
}
