// `npm run bench -- agents`: what it costs to ask a thousand agents about a service each, over mutual TLS.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { admin, makeDataDirectory } from './patchgate.mjs';
import { send, signIn } from './people.mjs';
import { watchOthers } from './process-tree.mjs';
import { startAgents } from './simulated-agents.mjs';

const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 300);
const hosts = Number(process.env.PATCHGATE_BENCH_HOSTS ?? 1_000);
/** Every agent has an address of its own on it. */
const port = 12_443;
/** What has just become healthy is measured once more after this. */
const settledSeconds = 25;

export async function benchAgents() {
  const patchgate = await openInstallation({ PATCHGATE_POLL_INTERVAL_SECONDS: '300' });
  const ledger = makeDataDirectory();
  let fleet;
  try {
    const { cookie } = await signIn(patchgate.url, admin);
    const { agents, authority } = await enrol(patchgate.url, cookie);
    fleet = await startAgents(ledger.path, agents, authority);
    for (const { host_id } of agents) {
      const check = { name: 'nginx', check_type: 'service', service_name: 'nginx' };
      await send(patchgate.url, 'POST', `/hosts/${host_id}/health-checks`, cookie, check);
      await send(patchgate.url, 'POST', `/hosts/${host_id}/refresh`, cookie, {});
    }
    await allHealthy(patchgate.db);
    await delay(settledSeconds * 1000);
    return await measure(patchgate);
  } finally {
    fleet?.stop();
    await patchgate.stop();
    ledger.remove();
  }
}

/** @param {import('./installation.mjs').Installation} patchgate */
async function measure(patchgate) {
  const others = watchOthers();
  const startedAt = performance.now();
  const before = patchgate.cpu();
  const polledBefore = await counts(patchgate.db);
  await delay(seconds * 1000);
  const used = cpuBetween(before, patchgate.cpu());
  const elapsed = (performance.now() - startedAt) / 1000;
  const polled = await counts(patchgate.db);
  console.log(`${hosts} agents with a service check each, for ${seconds} s; percent of one core`);
  sayOthers([others()]);
  const percent = (/** @type {number} */ cpu) => (cpu / elapsed) * 100;
  for (const [process, cpu] of Object.entries(used)) say(`CPU of ${process}`, '%', [percent(cpu)]);
  const wanted = (hosts * Math.min(seconds, elapsed)) / 300;
  return [
    say('service checks that were done, of those due', '%', [((polled - polledBefore) / wanted) * 100], {
      least: 99,
    }),
    say('checks that are healthy', '', [await healthy(patchgate.db)], { least: hosts }),
    say('CPU of worker and postgres', '%', [percent((used.worker ?? 0) + (used.postgres ?? 0))], {
      most: 50,
    }),
  ].every(Boolean);
}

/** @param {string} url @param {string} cookie */
async function enrol(url, cookie) {
  const agents = [];
  let authority = '';
  for (let n = 0; n < hosts; n += 1) {
    const address = `127.4.${Math.floor(n / 250)}.${(n % 250) + 1}`;
    const fqdn = `agent-${n}.example.org`;
    const host = await send(url, 'POST', '/hosts', cookie, { fqdn, address, agent_port: port });
    const { id } = /** @type {{ id: string }} */ (await host.json());
    const bundle = /** @type {Record<string, string>} */ (
      await (await send(url, 'POST', `/hosts/${id}/certificate`, cookie)).json()
    );
    authority = bundle.ca_crt ?? '';
    const pair = { cert: bundle.server_crt, key: bundle.server_key };
    agents.push({ host_id: id, hostname: fqdn, address, port, pair });
  }
  return { agents, authority };
}

/** @param {import('pg').Client} db */
async function allHealthy(db) {
  const endsAt = performance.now() + 300_000;
  while ((await healthy(db)) < hosts) {
    if (performance.now() > endsAt) throw new Error(`${await healthy(db)} of ${hosts} checks are healthy`);
    await delay(500);
  }
}

/** @param {import('pg').Client} db @returns {Promise<number>} */
async function healthy(db) {
  const { rows } = await db.query(
    "SELECT count(*)::int AS n FROM health_check_state WHERE status = 'healthy'",
  );
  return rows[0].n;
}

/** @param {import('pg').Client} db @returns {Promise<number>} results so far */
async function counts(db) {
  const { rows } = await db.query('SELECT count(*)::int AS n FROM host_health_check_results');
  return rows[0].n;
}
