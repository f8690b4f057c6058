// The faults by name: what a person calls and what a test calls.
import { spoilNetwork } from './bad-network.mjs';
import { readFailpoints } from './failpoint-names.mjs';
import { createTurns } from './failpoints.mjs';
import { killDatabase } from './kill-database.mjs';
import { killAtFailpoints, killAtRandom, pauseBeyondLease } from './lanes.mjs';
import { startWriters } from './writers.mjs';

/** @typedef {import('./report.mjs').Figure} Figure */
/** @typedef {import('./lanes.mjs').Storm} Storm */
/**
 * @callback Fault
 * @param {import('./installation.mjs').Installation} installation
 * @param {{ cycles: number, at?: readonly string[], enough?: number, atOnce?: number }} wanted at: only these failpoints;
 *   enough: so often each; atOnce: so many workers are stopped at a time
 * @param {Storm} storm
 * @returns {Promise<Figure[]>}
 */

/** How often each failpoint has to be reached, of a thousand cycles. */
const enoughOfThousand = 20;
const enoughOf = (/** @type {number} */ cycles) => Math.floor((enoughOfThousand * cycles) / 1_000);
/** Of 500 open runs and 2 cores, so many workers. */
const fewest = 2;
const most = 4;
/** Some wait for a failpoint that is seldom reached while others die. */
const dyingAtOnce = 5;
/** A stopped worker costs nothing, and a pause is long: many at a time. */
const pausedAtOnce = 10;
/** Beside kills: a run that meets one stopped worker after the other would stand still through nobody's fault. */
const fewStopped = 2;
/** Beside kills: where a worker that comes back holds what another has done meanwhile. */
const beforeItsOrder = ['after_claim', 'before_dispatch', 'before_intent', 'after_intent', 'before_send'];

/**
 * @template T
 * @param {number} count
 * @param {() => Promise<T>} lane
 */
const sideBySide = (count, lane) => Promise.all(Array.from({ length: count }, lane));

/** Q2 @type {Fault} */
export async function failpointKills(_installation, { cycles, at, enough = enoughOf(cycles) }, storm) {
  const turns = createTurns(at ?? (await readFailpoints()), storm.random);
  await sideBySide(dyingAtOnce, () => killAtFailpoints(storm, { turns, cycles, enough }));
  const reached = Object.entries(turns.hits());
  return [
    { name: 'workers that killed themselves at a failpoint', value: turns.total(), least: cycles },
    {
      name: 'fewest times that one failpoint was hit',
      value: Math.min(...reached.map(([, n]) => n)),
      least: enough,
    },
    ...reached.map(([name, value]) => ({ name: `  killed at ${name}`, value })),
  ];
}

/** Q3 @type {Fault} */
export async function randomKills(_installation, { cycles }, storm) {
  const counter = { kills: 0 };
  const lane = () => killAtRandom(storm, { cycles, counter, lifeMs: { from: 200, to: 8_000 } });
  await sideBySide(storm.random.between(fewest, most), lane);
  return [{ name: 'workers killed at random times', value: counter.kills, least: cycles }];
}

/**
 * Q2 and Q3 at once, so many cycles together, beside some workers that are stopped before they order and come back after
 * another has taken what was theirs: the dead do nothing that a fence would have to refuse.
 *
 * @type {Fault}
 */
export async function kills(installation, { cycles, at }, storm) {
  const atRandom = Math.floor(cycles / 5);
  const only = at && { at };
  const stops = { cycles: Math.ceil(cycles / 5), atOnce: fewStopped, at: at ?? beforeItsOrder };
  const figures = await Promise.all([
    failpointKills(installation, { cycles: cycles - atRandom, enough: enoughOf(cycles), ...only }, storm),
    randomKills(installation, { cycles: atRandom }, storm),
    pauses(installation, stops, storm),
  ]);
  return figures.flat();
}

/** Q4 @type {Fault} */
export async function databaseKills(installation, { cycles }, storm) {
  const workers = await sideBySide(2, () => storm.pool.takeReady());
  const writers = startWriters(installation);
  const away = await killDatabase(storm, installation, { cycles, writers });
  const { acknowledged, unanswered, lost } = await writers.stop();
  for (const worker of workers) {
    if (!worker.isRunning()) throw new Error(`a worker did not outlive PostgreSQL:\n${worker.said()}`);
    worker.kill('SIGKILL');
  }
  return [
    { name: 'times that PostgreSQL was killed or restarted', value: away.length, least: cycles },
    { name: 'longest until a write was acknowledged again, s', value: Math.max(...away), most: 10 },
    { name: 'writes acknowledged meanwhile', value: acknowledged, least: 1 },
    { name: 'writes that were not, and said so', value: unanswered },
    { name: 'acknowledged writes lost', value: lost.length, most: 0 },
  ];
}

/** Q5 @type {Fault} */
export async function pauses(_installation, { cycles, at, atOnce = pausedAtOnce }, storm) {
  const turns = createTurns(at ?? (await readFailpoints()), storm.random);
  const counter = { pauses: 0 };
  const lane = () => pauseBeyondLease(storm, { cycles, counter, turns, enough: enoughOf(cycles) });
  const helper = await storm.pool.takeReady();
  await sideBySide(Math.min(atOnce, cycles), lane);
  helper.kill('SIGKILL');
  return [
    { name: 'workers stopped for longer than their lease', value: counter.pauses, least: cycles },
    { name: '  of these at a failpoint', value: turns.total(), least: Math.floor(cycles / 3) },
  ];
}

/** Q6 @type {Fault} */
export async function badNetwork(installation, { cycles }, storm) {
  const workers = await sideBySide(3, () => storm.pool.takeReady());
  const happened = Object.entries(await spoilNetwork(storm, installation, { faults: cycles }));
  for (const worker of workers) {
    if (!worker.isRunning()) throw new Error(`a worker did not outlive its network:\n${worker.said()}`);
    worker.kill('SIGKILL');
  }
  return [
    { name: 'faults of the network', value: happened.reduce((sum, [, n]) => sum + n, 0), least: cycles },
    ...happened.map(([name, value]) => ({ name: `  ${name}`, value })),
  ];
}
