// `npm run bench -- gate`: as many runs as there are hosts, whose windows open at one instant. Each gate asks its check.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { watchOthers } from './process-tree.mjs';
import { seedChecks } from './seed-checks.mjs';
import { startTargets } from './targets.mjs';

const hosts = Number(process.env.PATCHGATE_BENCH_HOSTS ?? 10_000);
const budgetSeconds = 60;
const opensInSeconds = 5;
const intervalSeconds = 300;

/** One job of all hosts whose checks fail, then one of hosts that pass, then as many jobs as hosts. */
const rounds = [
  { name: 'one job, checks that fail', jobs: 1, path: '/down' },
  { name: 'one job, checks that pass', jobs: 1, path: '/ok' },
  { name: 'a job a host, checks that pass', jobs: hosts, path: '/ok' },
];

export async function benchGate() {
  const targets = await startTargets();
  try {
    const met = [];
    for (const round of rounds) met.push(await open(round, `http://127.0.0.1:${targets.ports.good}`));
    return met.every(Boolean);
  } finally {
    targets.stop();
  }
}

/** @param {(typeof rounds)[number]} round @param {string} url of the targets */
async function open({ name, jobs, path }, url) {
  const patchgate = await openInstallation({ PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds) });
  try {
    const { db } = patchgate;
    await seedChecks(db, { hosts, checksEach: 1, urls: [`${url}${path}`], intervalSeconds });
    const opensAt = await seedRuns(db, jobs);
    await delay(opensAt.getTime() - Date.now() - 1_000);
    const [before, others] = [patchgate.cpu(), watchOthers()];
    const seconds = await firstAttempts(db, opensAt);
    console.log(`\n${hosts} runs: ${name}`);
    sayOthers([others()]);
    for (const [process, used] of Object.entries(cpuBetween(before, patchgate.cpu()))) {
      say(`CPU of ${process}`, 's', [used]);
    }
    // The next attempt of any run is due after five minutes: a second one by now is one too many.
    const { rows } = await db.query(
      'SELECT count(*) FILTER (WHERE attempt = 1)::int AS first, count(*) FILTER (WHERE attempt > 1)::int AS second FROM gate_attempts',
    );
    return [
      say('runs with a first attempt', '', [rows[0].first], { least: hosts }),
      say('runs that were attempted twice', '', [rows[0].second], { most: 0 }),
      say('all first attempts after the opening within', 's', [seconds], { most: budgetSeconds }),
    ].every(Boolean);
  } finally {
    await patchgate.stop();
  }
}

/**
 * @param {import('pg').Client} db
 * @param {number} jobs
 * @returns {Promise<Date>} when their windows open
 */
async function seedRuns(db, jobs) {
  const { rows } = await db.query(
    `WITH made AS (
       INSERT INTO patch_jobs (id, name, created_by, created_at, schedule, deadline_at, selection, exclude, group_ids,
         allow_reboot, canary, max_in_flight, max_failures)
       SELECT gen_random_uuid(), 'bench', (SELECT id FROM users LIMIT 1), now(), 'now', now() + interval '1 hour', 'all',
         '{}', '{}', false, 0, 20000, 20000 FROM generate_series(1, $1::int) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM made),
     placed AS (SELECT host_id, row_number() OVER () - 1 AS n FROM host_health)
     INSERT INTO patch_job_hosts (id, job_id, host_id, position, batch, status, reason, window_opens_at, window_closes_at)
     SELECT gen_random_uuid(), j.id, p.host_id, p.n, 1, 'queued', 'outside_window',
       now() + make_interval(secs => $2), now() + interval '1 hour'
     FROM placed p JOIN numbered j ON j.n = p.n % $1::int RETURNING window_opens_at`,
    [jobs, opensInSeconds],
  );
  await db.query('VACUUM ANALYZE patch_jobs, patch_job_hosts');
  return rows[0].window_opens_at;
}

/** @param {import('pg').Client} db @param {Date} opensAt @returns {Promise<number>} seconds until the last of them */
async function firstAttempts(db, opensAt) {
  const endsAt = Date.now() + 4 * budgetSeconds * 1000;
  for (;;) {
    const { rows } = await db.query(
      'SELECT count(*)::int AS n, max(ended_at) AS last FROM gate_attempts WHERE attempt = 1',
    );
    if (rows[0].n >= hosts || Date.now() > endsAt) return (rows[0].last - opensAt.getTime()) / 1000;
    await delay(500);
  }
}
