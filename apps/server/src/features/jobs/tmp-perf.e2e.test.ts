import { DataSource } from 'typeorm';
import { Client } from 'pg';
import { it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import { seedHosts } from '../results/seed-hosts.fixture.js';
import { addOperator } from '../health-checks/checks.fixture.js';

it('perf', async () => {
  const api = await startTestApi();
  const db = api.app.get(DataSource);
  const sql = new Client(api.database.adminUrl);
  await sql.connect();
  await seedHosts(sql, { hosts: 10000 });
  const { caller, groupId } = await addOperator(api, 'omar');
  await sql.query(`INSERT INTO group_hosts (group_id, host_id) SELECT $1, id FROM hosts ORDER BY id LIMIT 3000`, [groupId]);
  await sql.query(`INSERT INTO patch_jobs (id, name, created_at, schedule, selection, exclude, group_ids, allow_reboot, canary, max_in_flight, max_failures)
    SELECT gen_random_uuid(), 'job ' || n, now() - n * interval '1 day', 'window', 'all', '{}', '{}', false, 1, 10, 0 FROM generate_series(1, 50) n`);
  await sql.query(`INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, dispatched_at, ended_at, attempt, window_opens_at, window_closes_at)
    SELECT gen_random_uuid(), j.id, h.id, h.n, 1 + h.n / 100, CASE WHEN h.n % 10 = 0 THEN 'failed' ELSE 'succeeded' END, now() - interval '10 minutes', now(), 2, now(), now()
    FROM patch_jobs j, (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM hosts) h`);
  await sql.query(`UPDATE patch_job_hosts SET status = 'queued', ended_at = NULL WHERE job_id = (SELECT id FROM patch_jobs ORDER BY created_at DESC LIMIT 1)`);
  await sql.query('VACUUM ANALYZE');

  const ex = async (title: string, text: string) => {
    const { rows } = await sql.query('EXPLAIN (ANALYZE, BUFFERS) ' + text);
    const { rows: again } = await sql.query('EXPLAIN (ANALYZE, BUFFERS) ' + text);
    console.log('=== ' + title + '\n' + again.map((r: any) => r['QUERY PLAN']).join('\n'));
  };
  const ids = (await sql.query('SELECT id FROM patch_jobs ORDER BY created_at DESC')).rows.map((r: any) => r.id);
  const arr = (n: number) => `'{${ids.slice(0, n).join(',')}}'::uuid[]`;
  const tally = (n: number) => `SELECT r.job_id, r.status, r.resolved_outcome, r.dispatched_at IS NOT NULL AS was_dispatched,
        bool_or(r.attempt > 0) AS was_attempted, count(*)::int AS count, min(r.window_opens_at) AS window_opens_at,
        max(r.window_closes_at) AS window_closes_at, max(r.ended_at) AS ended_at
      FROM patch_job_hosts r WHERE r.job_id = ANY (${arr(n)}) AND true
      GROUP BY r.job_id, r.status, r.resolved_outcome, was_dispatched`;
  await ex('tally 1', tally(1));
  await ex('tally 10', tally(10));
  await ex('batches 1', `SELECT r.job_id, r.batch, count(*) FILTER (WHERE r.status IN ('queued'))::int AS open, min(r.dispatched_at) AS started_at
      FROM patch_job_hosts r WHERE r.job_id = ANY (${arr(1)}) GROUP BY r.job_id, r.batch ORDER BY r.job_id, r.batch`);
  await ex('exists open', `SELECT count(*) FROM patch_jobs j WHERE EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id AND r.status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying'))`);
  await sql.query('CREATE INDEX x ON patch_job_hosts (job_id, status)');
  await sql.query('VACUUM ANALYZE');
  await ex('tally 1 ix', tally(1));
  await ex('tally 10 ix', tally(10));
  await ex('exists open ix', `SELECT count(*) FROM patch_jobs j WHERE EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id AND r.status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying'))`);
  await ex('exists other ix', `SELECT count(*) FROM patch_jobs j WHERE EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id) AND NOT EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id AND r.status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')) AND NOT EXISTS (SELECT FROM patch_job_hosts r WHERE r.job_id = j.id AND COALESCE(r.resolved_outcome, r.status) <> 'succeeded')`);
  await ex('counts only ix', `SELECT job_id, status, count(*) FROM patch_job_hosts r WHERE r.job_id = ANY (${arr(50)}) GROUP BY 1, 2`);
  await sql.end();
  await api.close();
}, 300_000);
