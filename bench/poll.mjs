// `npm run bench -- poll`: what one check costs the worker from the claim to the stored result, and how many it sustains.
import { setTimeout as delay } from 'node:timers/promises';
import { probeByBlackbox } from './blackbox.mjs';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { polledTimes } from './polled-times.mjs';
import { watchOthers } from './process-tree.mjs';
import { seedChecks } from './seed-checks.mjs';
import { benchSustained } from './sustained.mjs';
import { startTargets } from './targets.mjs';

const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 20);
/** The shortest interval there is, so that few hosts make many polls. */
const intervalSeconds = 10;

/**
 * @typedef {object} Load
 * @property {string} name
 * @property {number} perSecond checks
 * @property {string} target
 * @property {import('./figures.mjs').Budget} budget of the worker's milliseconds a check
 */

/** @type {Load[]} */
const loads = [
  { name: 'HTTP', perSecond: 300, target: 'good', budget: { most: 0.9, aim: 0.46 } },
  { name: 'HTTPS', perSecond: 150, target: 'tls-good', budget: { most: 2, aim: 0.74 } },
];

export async function benchPoll() {
  const targets = await startTargets();
  try {
    const verdicts = [];
    for (const load of loads) {
      const scheme = load.target.startsWith('tls') ? 'https' : 'http';
      const url = `${scheme}://127.0.0.1:${targets.ports[load.target]}/ok`;
      verdicts.push(await measureCost(load, url));
      await probeByBlackbox({ ...load, url, seconds });
    }
    verdicts.push(await benchSustained(`http://127.0.0.1:${targets.ports.good}/ok`, targets.pid));
    return verdicts.every(Boolean);
  } finally {
    targets.stop();
  }
}

/** @param {Load} load @param {string} url */
async function measureCost({ name, perSecond, budget }, url) {
  const patchgate = await openInstallation({ PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds) });
  try {
    const { db } = patchgate;
    await seedChecks(db, { hosts: perSecond * intervalSeconds, checksEach: 1, urls: [url], intervalSeconds });
    // The first seconds are those of a program that is still being compiled.
    await delay(Math.min(seconds, 10) * 1000);
    const others = watchOthers();
    const before = { done: await countResults(db), cpu: patchgate.cpu(), at: new Date() };
    await delay(seconds * 1000);
    const done = (await countResults(db)) - before.done;
    const cpu = cpuBetween(before.cpu, patchgate.cpu());
    sayOthers([others()]);
    const msEach = (/** @type {number} */ used) => (used * 1000) / done;
    for (const [process, used] of Object.entries(cpu)) {
      if (process !== 'worker') say(`${name}: CPU of ${process} a check`, 'ms', [msEach(used)]);
    }
    // What was due at the end is stored within the next seconds.
    await delay(2_000);
    const span = { from: before.at, seconds: Math.min(seconds, intervalSeconds), intervalSeconds };
    const { due, once, p99 } = await polledTimes(db, span);
    return [
      say(`${name}: CPU of the worker a check`, 'ms', [msEach(cpu.worker ?? 0)], budget),
      say(`${name}: checks a second, of ${perSecond} wanted`, '1/s', [done / seconds]),
      say(`${name}: checks that were not done once when due`, '%', [100 - (once / due) * 100], { most: 1 }),
      say(`${name}: 99 of 100 begin after they are due within`, 's', [p99], { most: 2 }),
    ].every(Boolean);
  } finally {
    await patchgate.stop();
  }
}

/** @param {import('pg').Client} db @returns {Promise<number>} */
async function countResults(db) {
  const { rows } = await db.query('SELECT count(*)::int AS n FROM host_health_check_results');
  return rows[0].n;
}
