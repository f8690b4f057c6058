// `npm run bench -- poll`: what one check costs the worker from the claim to the stored result, and how many it sustains.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { say, sayOthers } from './figures.mjs';
import { databaseUrls, makeDataDirectory, startPatchgate } from './patchgate.mjs';
import { cpuSeconds, nameOf, othersPercent, processTree } from './process-tree.mjs';

const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 20);
/** The shortest interval there is, so that few hosts make many polls. */
const intervalSeconds = 10;

/**
 * @typedef {object} Load
 * @property {string} name
 * @property {number} perSecond checks
 * @property {'http' | 'https'} scheme
 * @property {number} [budgetMs] of the worker's time a check
 */

/** @type {Load[]} */
const loads = [
  { name: 'HTTP', perSecond: 300, scheme: 'http', budgetMs: 0.9 },
  { name: 'HTTPS', perSecond: 150, scheme: 'https', budgetMs: 2 },
  { name: 'HTTP, sustained', perSecond: 500, scheme: 'http' },
];

export async function benchPoll() {
  const targets = await startTargets();
  const verdicts = [];
  try {
    for (const load of loads) verdicts.push(await measure(load, targets.ports));
  } finally {
    targets.stop();
  }
  return verdicts.every(Boolean);
}

/** @param {Load} load @param {Record<string, number>} ports */
async function measure({ name, perSecond, scheme, budgetMs }, ports) {
  const data = makeDataDirectory();
  const others = await othersPercent();
  const patchgate = await startPatchgate(['npm', 'start'], data.path, {
    PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds),
  });
  const db = new pg.Client({ connectionString: (await databaseUrls(data.path)).superuserUrl });
  try {
    await db.connect();
    const url = `${scheme}://127.0.0.1:${ports[scheme === 'http' ? 'good' : 'tls-good']}/ok`;
    await addChecks(db, perSecond * intervalSeconds, url);
    await delay(1.5 * intervalSeconds * 1000);
    const before = await read(db, patchgate.pid);
    await delay(seconds * 1000);
    const after = await read(db, patchgate.pid);
    const done = after.results - before.results;
    const lag = await lagSeconds(db, before.at);
    sayOthers([others]);
    for (const [process, cpu] of Object.entries(after.cpu)) {
      console.log(
        `  ${process}: ${(((cpu - (before.cpu[process] ?? 0)) / done) * 1000).toFixed(3)} ms of CPU a check`,
      );
    }
    const workerMs = ((after.cpu.worker ?? 0) - (before.cpu.worker ?? 0)) * 1000;
    return [
      say(`${name}: CPU of the worker a check`, 'ms', [workerMs / done], budgetMs),
      say(`${name}: checks a second, of ${perSecond} wanted`, '1/s', [done / seconds]),
      say(
        `${name}: share that was not done`,
        '%',
        [Math.max(0, 100 - (done / seconds / perSecond) * 100)],
        1,
      ),
      say(`${name}: results between two of a check, above the interval`, 's', [lag], 2),
    ].every(Boolean);
  } finally {
    await db.end();
    await patchgate.stop();
    data.remove();
  }
}

/** @param {pg.Client} db @param {number} count @param {string} url */
async function addChecks(db, count, url) {
  await db.query(
    `WITH made AS (
       INSERT INTO hosts (id, fqdn, address, agent_port, created_at, updated_at)
       SELECT gen_random_uuid(), 'host-' || n || '.example.org', '10.0.0.0'::inet + n, 12443, now(), now()
       FROM generate_series(1, $1::int) n RETURNING id, fqdn),
     checks AS (
       INSERT INTO host_health_checks (id, host_id, slot, name, check_type, url, expected_body, ignore_cert_errors, created_at, updated_at)
       SELECT gen_random_uuid(), id, 1, 'bench', 'http', $2, 'ready', true, now(), now() FROM made RETURNING id),
     states AS (
       INSERT INTO health_check_state (check_id, since, revision) SELECT id, now(), 1 FROM checks)
     INSERT INTO host_health (host_id, fqdn, phase, next_poll_at, checks_total)
     SELECT id, fqdn, abs(hashtextextended(id::text, 0) % 1000000)::int, now(), 1 FROM made`,
    [count, url],
  );
}

/** @param {pg.Client} db @param {number} pid */
async function read(db, pid) {
  const { rows } = await db.query('SELECT count(*)::int AS n, now() AS at FROM host_health_check_results');
  /** @type {Record<string, number>} */
  const cpu = {};
  for (const each of processTree(pid)) {
    const name = nameOf(each);
    cpu[name] = (cpu[name] ?? 0) + cpuSeconds(each);
  }
  return { results: rows[0].n, at: rows[0].at, cpu };
}

/** How much longer than the interval the 99th of a hundred checks waited for its next result. */
async function lagSeconds(/** @type {pg.Client} */ db, /** @type {Date} */ since) {
  const { rows } = await db.query(
    `SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM gap)) AS p99 FROM (
       SELECT checked_at - lag(checked_at) OVER (PARTITION BY check_id ORDER BY checked_at) AS gap, checked_at
       FROM host_health_check_results) g WHERE gap IS NOT NULL AND checked_at > $1`,
    [since],
  );
  return Math.max(0, Number(rows[0].p99) - intervalSeconds);
}

async function startTargets() {
  const program = path.resolve(import.meta.dirname, '../apps/fleet-sim/dist/main.targets.js');
  const child = spawn(process.execPath, [program, '--quiet'], { stdio: ['pipe', 'pipe', 'inherit'] });
  /** @type {Record<string, number>} */
  const ports = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the targets ended')));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).ports));
  });
  return { ports, stop: () => child.kill('SIGKILL') };
}
