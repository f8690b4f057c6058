// What becomes of workers. A lane has one worker at a time; several lanes side by side are a storm.
import { setTimeout as delay } from 'node:timers/promises';
import { passesBefore } from './failpoints.mjs';

/** As long as a failpoint may not be reached before another one has its turn. */
const patienceMs = 6_000;
/** The same for one that is to be stopped there: stops are few. */
const stopPatienceMs = 15_000;
/** How long a worker works before it is armed: one that only ever dies does nothing that could go wrong. */
const unharmedMs = [0, 500, 1_500, 4_000];
/** A stop is so much longer than a lease, at most. */
const mostBeyondLeaseMs = 6_000;

/**
 * @typedef {object} Storm
 * @property {import('./random.mjs').Random} random
 * @property {import('./worker-pool.mjs').WorkerPool} pool
 * @property {number} leaseMs
 * @property {(what: string) => void} note
 */

/**
 * Workers that kill themselves at a failpoint, one after the other, until there were enough.
 *
 * @param {Storm} storm
 * @param {{ turns: import('./failpoints.mjs').Turns, cycles: number, enough: number }} wanted
 */
export async function killAtFailpoints({ random, pool, note }, { turns, cycles, enough }) {
  const armed = () => ({
    failpoint: turns.next(enough),
    passes: passesBefore(random),
    signal: /** @type {const} */ ('SIGKILL'),
  });
  while (turns.total() < cycles) {
    const worker = await pool.takeReady();
    await delay(random.pick(unharmedMs));
    let arm = armed();
    worker.arm(arm);
    while ((await within(worker.ended, patienceMs)) === 'late') {
      arm = { ...armed(), passes: 0 };
      worker.arm(arm);
      if (turns.total() >= cycles) break;
    }
    if (worker.isRunning()) {
      worker.kill('SIGKILL');
      return;
    }
    const how = await worker.ended;
    if (how !== 'SIGKILL') throw new Error(`a worker ended with ${how} by itself:\n${worker.said()}`);
    turns.hit(arm.failpoint);
    note(`killed at ${arm.failpoint}`);
  }
}

/**
 * Workers that are killed wherever they are.
 *
 * @param {Storm} storm
 * @param {{ cycles: number, counter: { kills: number }, lifeMs: { from: number, to: number } }} wanted
 */
export async function killAtRandom({ random, pool, note }, { cycles, counter, lifeMs }) {
  while (counter.kills < cycles) {
    counter.kills += 1;
    const worker = pool.take();
    const how = await within(worker.ended, random.between(lifeMs.from, lifeMs.to));
    // Its start has failed, and another one is started.
    if (how === 1 && !worker.said().includes('"worker ready"')) {
      counter.kills -= 1;
      continue;
    }
    if (how !== 'late') throw new Error(`a worker ended with ${how} by itself:\n${worker.said()}`);
    worker.kill('SIGKILL');
    await worker.ended;
    note('killed');
  }
}

/**
 * Workers that are stopped for longer than their lease, at a failpoint or anywhere, and then go on.
 *
 * @param {Storm} storm
 * @param {{ cycles: number, counter: { pauses: number }, turns: import('./failpoints.mjs').Turns, enough: number }} wanted
 */
export async function pauseBeyondLease({ random, pool, leaseMs, note }, { cycles, counter, turns, enough }) {
  const worker = await pool.takeReady();
  while (counter.pauses < cycles) {
    counter.pauses += 1;
    const failpoint = random.next() < 0.8 ? turns.next(enough) : null;
    if (failpoint !== null) worker.arm({ failpoint, passes: 0, signal: 'SIGSTOP' });
    const endsAt = performance.now() + (failpoint === null ? random.between(100, 2_000) : stopPatienceMs);
    while (!worker.isStopped() && performance.now() < endsAt && worker.isRunning()) await delay(10);
    if (!worker.isRunning()) throw new Error(`a worker ended by itself:\n${worker.said()}`);
    if (worker.isStopped() && failpoint !== null) turns.hit(failpoint);
    else {
      worker.arm(null);
      worker.kill('SIGSTOP');
    }
    await delay(leaseMs + random.between(500, mostBeyondLeaseMs));
    worker.kill('SIGCONT');
    note(`stopped at ${failpoint ?? 'any place'}`);
  }
  worker.kill('SIGKILL');
  await worker.ended;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T | 'late'>}
 */
async function within(promise, ms) {
  const timer = new AbortController();
  try {
    return await Promise.race([promise, delay(ms, /** @type {const} */ ('late'), { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
