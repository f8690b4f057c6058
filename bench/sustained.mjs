// As many checks as are polled in time at the interval that everybody has, for a whole interval.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { polledTimes } from './polled-times.mjs';
import { cpuSeconds, watchOthers } from './process-tree.mjs';
import { seedChecks } from './seed-checks.mjs';

const intervalSeconds = 300;
const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? intervalSeconds);
const checksEach = 5;
/** Per interval, the most first: what is not sustained is tried with fewer. */
const wanted = process.env.PATCHGATE_BENCH_CHECKS?.split(',').map(Number) ?? [500_000, 300_000, 150_000];
const least = { least: 150_000, aim: 500_000 };
/** Later than this, waiting for the end would not make it better. */
const hopelessSeconds = 20;

/** @param {string} url of the targets @param {number} targetsPid */
export async function benchSustained(url, targetsPid) {
  for (const checks of wanted) {
    const sustained = await poll(checks, url, targetsPid);
    if (sustained) return say('HTTP checks sustained in 5 minutes', '', [checks], least);
  }
  return say('HTTP checks sustained in 5 minutes', '', [0], least);
}

/**
 * @param {number} checks
 * @param {string} url
 * @param {number} targetsPid
 * @returns {Promise<boolean>} whether each was polled once, and in time
 */
async function poll(checks, url, targetsPid) {
  const patchgate = await openInstallation({ PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds) });
  try {
    const { db } = patchgate;
    const hosts = Math.ceil(checks / checksEach);
    console.log(`\n${checks} checks of ${hosts} hosts, every ${intervalSeconds} s, for ${seconds} s`);
    await seedChecks(db, { hosts, checksEach, urls: [url], intervalSeconds });
    // Whatever became due while the rows were made is not a load that anybody has.
    await delay(Math.min(seconds, 15) * 1000);
    const before = { cpu: patchgate.cpu(), targets: cpuSeconds(targetsPid), at: new Date() };
    const others = watchOthers();
    if (!(await isKeepingUp(db, before.at))) {
      sayOthers([others()]);
      console.log(`given up: the latest host waits for more than ${hopelessSeconds} s`);
      return false;
    }
    const cpu = cpuBetween(before.cpu, patchgate.cpu());
    const elapsed = (Date.now() - before.at.getTime()) / 1000;
    const targets = cpuSeconds(targetsPid) - before.targets;
    sayOthers([others()]);
    // What was due at the end is stored within the next seconds.
    await delay(Math.min(seconds, 5) * 1000 + 1_000);
    const times = await polledTimes(db, { from: before.at, seconds, intervalSeconds });
    for (const [process, used] of Object.entries({ ...cpu, targets })) {
      say(`CPU of ${process}`, '%', [(used / elapsed) * 100]);
    }
    say('half of the checks begin after they are due within', 's', [times.p50]);
    say('the latest begins after it is due within', 's', [times.max]);
    return [
      say(`checks done once, of ${times.due} due`, '', [times.once], { least: times.due }),
      say('checks missed', '', [times.missed], { most: 0 }),
      say('checks done more than once', '', [times.twice], { most: 0 }),
      say('99 of 100 begin after they are due within', 's', [times.p99], { most: 2 }),
    ].every(Boolean);
  } finally {
    await patchgate.stop();
  }
}

/** @param {import('pg').Client} db @param {Date} from @returns {Promise<boolean>} false as soon as it is hopeless */
async function isKeepingUp(db, from) {
  for (let left = seconds * 1000; left > 0; left = from.getTime() + seconds * 1000 - Date.now()) {
    const { rows } = await db.query(
      `SELECT COALESCE(extract(epoch FROM now() - min(next_poll_at)), 0)::float8 AS late FROM host_health
       WHERE next_poll_at <= now() AND lease_until IS NULL`,
    );
    if (rows[0].late > hopelessSeconds) return false;
    await delay(Math.min(left, 10_000));
  }
  return true;
}
