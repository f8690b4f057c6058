// 10,000 hosts as a real fleet has them: groups of different sizes, most of it healthy, most of it patched.
import pg from 'pg';

const statements = [
  `INSERT INTO groups (id, name, description, created_at, updated_at)
    SELECT gen_random_uuid(), 'group-' || n, '', now(), now() FROM generate_series(1, 40) n`,
  `INSERT INTO hosts (id, fqdn, address, agent_port, os, os_version, kernel, architecture, agent_version, agent_status,
      last_seen_at, boot_id, pending_reboot, patches_total, patches_security, created_at, updated_at)
    SELECT gen_random_uuid(), (ARRAY['web', 'db', 'cache', 'mail', 'build'])[1 + n % 5] || '-' || lpad(n::text, 5, '0')
        || (ARRAY['.shop', '.erp', '.lab'])[1 + n % 3] || '.example.org',
      '10.0.0.0'::inet + n, 12443, 'Debian GNU/Linux', '12', '6.1.0-31-amd64', 'x86_64', '1.4.2',
      (ARRAY['connected', 'connected', 'connected', 'connected', 'connected', 'connected', 'connected', 'unreachable',
        'not_enrolled', 'refused'])[1 + n % 10],
      now(), gen_random_uuid()::text, n % 20 = 0, n % 90, CASE WHEN n % 3 = 0 THEN n % 30 ELSE 0 END, now(), now()
    FROM generate_series(1, $1::int) n`,
  `INSERT INTO host_health (host_id, fqdn, phase, next_poll_at, health_check_status, since, fresh_until, checks_total,
      checks_healthy, checks_unhealthy)
    SELECT id, fqdn, row_number() OVER () % 1000000, now(), status, now(), now() + interval '1 day', 5,
      CASE status WHEN 'healthy' THEN 5 ELSE 3 END, CASE status WHEN 'healthy' THEN 0 ELSE 2 END
    FROM (SELECT id, fqdn, (ARRAY['healthy', 'healthy', 'healthy', 'healthy', 'healthy', 'healthy', 'healthy', 'healthy',
      'unhealthy', 'none'])[1 + row_number() OVER (ORDER BY fqdn) % 10] AS status FROM hosts) h`,
  // A tenth of the groups holds half of the hosts; every seventh host is in a second group.
  `INSERT INTO group_hosts (group_id, host_id)
    SELECT g.id, h.id FROM (SELECT id, row_number() OVER (ORDER BY fqdn) AS n FROM hosts) h
      JOIN (SELECT id, row_number() OVER (ORDER BY name) AS n FROM groups) g
        ON g.n = CASE h.n % 2 WHEN 0 THEN 1 + h.n / 2 % 4 ELSE 5 + h.n / 2 % 36 END OR (h.n % 7 = 0 AND g.n = 1 + h.n % 40)`,
  // What autovacuum does on its own, a little later than a benchmark wants to wait.
  'VACUUM ANALYZE hosts, host_health, groups, group_hosts',
];

/**
 * @param {string} superuserUrl
 * @param {number} size
 * @returns {Promise<string[]>} the ids of the groups, the largest first
 */
export async function makeFleet(superuserUrl, size) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement, statement.includes('$1') ? [size] : []);
    const { rows } = await client.query(
      'SELECT group_id FROM group_hosts GROUP BY group_id ORDER BY count(*) DESC, group_id',
    );
    return rows.map((row) => row.group_id);
  } finally {
    await client.end();
  }
}
