// One storm over one installation, from the first order to the verdict.
import { setTimeout as delay } from 'node:timers/promises';
import { changeServer, changes, leaseMs, quickLeaseMs } from './changed-server.mjs';
import { judge, runRows } from './judge.mjs';
import { stuckAfterMs, watchProgress } from './progress.mjs';
import { randomFrom } from './random.mjs';
import { startWork } from './work.mjs';
import { createPool } from './worker-pool.mjs';

/** Without any move for so long, there is nothing to wait for any more. */
const patienceSeconds = 90;
const calmWorkers = 2;

/** @typedef {import('./report.mjs').Figure} Figure */

/**
 * @param {import('./installation.mjs').Installation} installation
 * @param {object} wanted
 * @param {number} wanted.seed
 * @param {number} [wanted.ordersOf] hosts in one order, at most
 * @param {number} [wanted.mostOpen] runs that are open at one time
 * @param {readonly import('./changed-server.mjs').Change[]} [wanted.changed] about the workers
 * @param {number} [wanted.patienceMs] as long as a run may stand still without a reason
 * @param {object} [wanted.behaviour] of every host, over what the seed says of it
 * @param {(storm: import('./lanes.mjs').Storm) => Promise<Figure[]>} wanted.storm what happens; its own figures
 * @param {(line: string) => void} print
 * @returns {Promise<{ figures: Figure[], violations: import('./judge.mjs').Violation[] }>}
 */
export async function face(
  installation,
  { seed, ordersOf = 10, mostOpen = 80, changed = [], patienceMs = stuckAfterMs, behaviour, storm },
  print,
) {
  const random = randomFrom(seed);
  const server = changed.length > 0 ? changeServer(changed) : null;
  const pool = createPool(installation.workerEnvironment, {
    spares: 2,
    ...(server && { server: server.path }),
  });
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    await agentsAreKnown(installation, pool);
    const work = startWork(installation, {
      random,
      atOnce: ordersOf,
      mostOpen,
      ...(behaviour && { behaviour }),
    });
    const progress = watchProgress(installation, patienceMs);
    const weather = storm({ random, pool, leaseMs: leaseOf(changed), note: noteTo(print, seconds, work) });
    const own = await Promise.race([weather, work.done.then(() => weather)]);
    const stormSeconds = seconds();
    await work.stop();
    installation.proxies?.calm();
    const calm = await Promise.all(Array.from({ length: calmWorkers }, () => pool.takeReady()));
    await progress.allEnded(patienceSeconds);
    await progress.stop();
    for (const worker of calm)
      if (!worker.isRunning()) throw new Error(`a worker ended by itself:\n${worker.said()}`);
    /** @type {import('./judge.mjs').RunRow[]} */
    const runs = await installation.rows(runRows);
    const dialects = new Map(installation.hosts.map(({ id, dialect }) => [id, dialect]));
    const deeds = installation.fleet.ledger.read();
    const violations = [...judge({ accepted: work.accepted, runs, deeds, dialects }), ...progress.stuck()];
    for (const { kind, what } of violations.slice(0, 20)) print(`${kind}: ${what}`);
    const figures = [
      ...own,
      ...figuresOf(runs, violations),
      { name: 'package transactions in the ledger', value: startsIn(deeds) },
      {
        name: 'longest a run stood still without a reason, s',
        value: progress.longestSeconds(),
        most: patienceMs / 1000,
      },
      { name: 'seconds of the storm', value: stormSeconds },
      { name: 'seconds until all was over after it', value: seconds() - stormSeconds },
    ];
    return { figures, violations };
  } finally {
    await pool.close();
    server?.remove();
  }
}

/** @param {readonly import('./judge.mjs').RunRow[]} runs @param {readonly import('./judge.mjs').Violation[]} violations */
function figuresOf(runs, violations) {
  const count = (/** @type {string} */ kind) =>
    violations.filter((violation) => violation.kind === kind).length;
  const ended = (/** @type {string} */ status) => runs.filter((run) => run.status === status).length;
  return [
    { name: 'runs accepted', value: runs.length, least: 1 },
    { name: 'runs succeeded', value: ended('succeeded'), least: 1 },
    { name: 'runs failed', value: ended('failed') },
    { name: 'runs cancelled', value: ended('cancelled') },
    { name: 'runs indeterminate', value: ended('indeterminate') },
    { name: 'runs quarantined', value: runs.filter(({ reason }) => reason === 'quarantined').length },
    { name: 'runs lost', value: count('lost') + count('not_ended'), most: 0 },
    { name: 'package transactions started twice', value: count('started_twice'), most: 0 },
    { name: 'runs that stood still for longer than they may', value: count('stuck'), most: 0 },
    { name: 'runs whose state the ledger denies', value: count('untrue'), most: 0 },
  ];
}

/** @param {readonly import('./changed-server.mjs').Change[]} changed */
const leaseOf = (changed) =>
  changed.some((change) => changes.quickLeases.includes(change)) ? quickLeaseMs : leaseMs;

/** @param {readonly import('./ledger.mjs').Deed[]} deeds */
const startsIn = (deeds) => deeds.filter(({ deed }) => deed === 'transaction_started').length;

/**
 * Nothing is ordered of an agent that nobody has met.
 *
 * @param {import('./installation.mjs').Installation} installation
 * @param {import('./worker-pool.mjs').WorkerPool} pool
 */
async function agentsAreKnown({ rows }, pool) {
  const known = async () => (await rows("SELECT FROM hosts WHERE agent_status <> 'connected'")).length === 0;
  if (await known()) return;
  const worker = await pool.takeReady();
  while (!(await known())) {
    if (!worker.isRunning()) throw new Error(`a worker ended by itself:\n${worker.said()}`);
    await delay(100);
  }
  worker.kill('SIGKILL');
  await worker.ended;
}

/** A line now and then, so that somebody who watches a long storm sees that it goes on. */
const everySeconds = 10;

/**
 * @param {(line: string) => void} print
 * @param {() => number} seconds
 * @param {import('./work.mjs').Work} work
 */
function noteTo(print, seconds, work) {
  let notes = 0;
  let saidAt = 0;
  return (/** @type {string} */ what) => {
    notes += 1;
    if (seconds() - saidAt < everySeconds) return;
    saidAt = seconds();
    print(`${saidAt.toFixed(0).padStart(6)} s  ${notes} so far, ${work.runs()} runs accepted; last: ${what}`);
  };
}
