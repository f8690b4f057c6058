// PostgreSQL that dies and comes back, again and again, under load.
import { setTimeout as delay } from 'node:timers/promises';

/** Of postgres(1): killed, immediate shutdown, fast shutdown. After each it is started again. */
const ends = /** @type {const} */ (['SIGKILL', 'SIGKILL', 'SIGQUIT', 'SIGINT']);

/**
 * @param {import('./lanes.mjs').Storm} storm
 * @param {import('./installation.mjs').Installation} installation
 * @param {{ cycles: number, writers: import('./writers.mjs').Writers }} wanted
 * @returns {Promise<number[]>} of each time, the seconds until a write was acknowledged again
 */
export async function killDatabase({ random, note }, { postgres }, { cycles, writers }) {
  /** @type {number[]} */
  const awaySeconds = [];
  while (awaySeconds.length < cycles) {
    await delay(random.between(1_000, 4_000));
    const pid = postgres.pid();
    if (pid === undefined) continue;
    const signal = random.pick(ends);
    const killedAtMs = performance.now();
    process.kill(pid, signal);
    while (postgres.pid() === pid) await delay(5);
    awaySeconds.push((await writers.acknowledgedAfter(killedAtMs)) / 1000);
    note(`PostgreSQL was told ${signal}`);
  }
  return awaySeconds;
}
