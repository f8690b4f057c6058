// `npm run bench -- idle`: what Patchgate costs a machine while nothing happens but the polls.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { watchOthers } from './process-tree.mjs';
import { seedChecks } from './seed-checks.mjs';
import { startTargets } from './targets.mjs';

const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 60);
const hosts = Number(process.env.PATCHGATE_BENCH_HOSTS ?? 2_000);
const checksEach = 5;
const intervalSeconds = 300;

export async function benchIdle() {
  const targets = await startTargets();
  const patchgate = await openInstallation({ PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds) });
  try {
    const urls = [`http://127.0.0.1:${targets.ports.good}/ok`];
    await seedChecks(patchgate.db, { hosts, checksEach, urls, intervalSeconds });
    await delay(Math.min(seconds, 15) * 1000);
    const others = watchOthers();
    const [before, startedAt] = [patchgate.cpu(), performance.now()];
    await delay(seconds * 1000);
    const used = cpuBetween(before, patchgate.cpu());
    const elapsed = (performance.now() - startedAt) / 1000;
    console.log(
      `${hosts * checksEach} checks every ${intervalSeconds} s, for ${seconds} s; percent of one core`,
    );
    sayOthers([others()]);
    const percent = (/** @type {number} */ cpu) => (cpu / elapsed) * 100;
    for (const [process, cpu] of Object.entries(used)) say(`CPU of ${process}`, '%', [percent(cpu)]);
    return say('CPU of worker and postgres', '%', [percent((used.worker ?? 0) + (used.postgres ?? 0))], {
      most: 5,
    });
  } finally {
    await patchgate.stop();
    targets.stop();
  }
}
