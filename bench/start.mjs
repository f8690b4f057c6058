// `npm run bench -- start`: how long an `npm start` takes when nothing has changed, and what it holds when idle.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { makeDataDirectory, startPatchgate } from './patchgate.mjs';
import { nameOf, othersPercent, processTree, pssMegabytes } from './process-tree.mjs';

const rounds = Number(process.env.PATCHGATE_BENCH_ROUNDS ?? 5);
const settleMs = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 10) * 1000;

export async function benchStart() {
  const data = makeDataDirectory();
  /** @type {number[]} */
  const seconds = [];
  /** @type {number[]} */
  const others = [];
  /** @type {number[]} */
  const megabytes = [];
  try {
    const first = await startPatchgate(['npm', 'start'], data.path);
    console.log(`the first start, which makes the database: ${first.readySeconds.toFixed(2)} s`);
    await first.stop();
    for (let round = 0; round < rounds; round += 1) {
      others.push(await othersPercent());
      const patchgate = await startPatchgate(['npm', 'start'], data.path);
      seconds.push(patchgate.readySeconds);
      await delay(settleMs);
      const held = processTree(patchgate.pid).map((pid) => ({ name: nameOf(pid), pss: pssMegabytes(pid) }));
      megabytes.push(held.reduce((sum, { pss }) => sum + pss, 0));
      if (round === rounds - 1) sayEach(held);
      await patchgate.stop();
    }
  } finally {
    data.remove();
  }
  sayOthers(others);
  return [
    say('npm start, nothing changed, until ready', 's', seconds, { most: 5 }),
    say('PSS of the whole process tree, idle', 'MiB', megabytes, { most: 400 }),
  ].every(Boolean);
}

/** @param {readonly { name: string, pss: number }[]} held */
function sayEach(held) {
  const byName = Map.groupBy(held, ({ name }) => name);
  for (const [name, same] of byName) {
    const sum = same.reduce((total, { pss }) => total + pss, 0);
    console.log(`  ${sum.toFixed(1).padStart(7)} MiB  ${name}${same.length > 1 ? ` × ${same.length}` : ''}`);
  }
}
