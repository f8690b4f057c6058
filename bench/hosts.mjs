// `npm run bench -- hosts`: the list of hosts among 10,000 at 200 requests a second, beside the bare SQL of it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { say, sayOthers } from './figures.mjs';
import { makeFleet } from './fleet.mjs';
import { listRequests } from './host-requests.mjs';
import { listStatements } from './list-statements.mjs';
import { admin, databaseUrls, makeDataDirectory, startPatchgate } from './patchgate.mjs';
import { signIn, signInOperator } from './people.mjs';
import { cpuSeconds, nameOf, othersPercent, processTree } from './process-tree.mjs';

const size = Number(process.env.PATCHGATE_BENCH_HOSTS ?? 10_000);
const rounds = Number(process.env.PATCHGATE_BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 10);
const rate = 200;

export async function benchHosts() {
  const data = makeDataDirectory();
  const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');
  const patchgate = await startPatchgate([process.execPath, cli, 'start'], data.path);
  try {
    return await measure(patchgate.url, patchgate.pid, await databaseUrls(data.path));
  } finally {
    await patchgate.stop();
    data.remove();
  }
}

/**
 * @param {string} url
 * @param {number} pid
 * @param {{ superuserUrl: string, appUrl: string }} database
 */
async function measure(url, pid, { superuserUrl, appUrl }) {
  const groups = await makeFleet(superuserUrl, size);
  const boss = await signIn(url, admin);
  const operator = await signInOperator(url, boss, groups.slice(0, 2));
  const people = [boss, boss, boss, operator];
  const requests = shuffled(
    await listRequests(
      url,
      people.map(({ cookie }) => cookie),
      groups,
    ),
  );
  const known = new Map(people.map((person) => [person.cookie, person]));
  const plans = await Promise.all(
    requests.map(({ path: asked, cookie }) => listStatements(asked, known.get(cookie) ?? boss)),
  );
  const api = processTree(pid).find((child) => nameOf(child) === 'api') ?? 0;
  console.log(
    `${size} hosts, ${requests.length} different requests, ${rate}/s, ${rounds} rounds of ${seconds} s\n`,
  );
  await load({ url, rate, seconds: 5, requests });
  /** @type {Record<'others' | 'perSecond' | 'p50' | 'p99' | 'bareP50' | 'bareP99' | 'cpu' | 'bareCpu', number[]>} */
  const figures = {
    others: [],
    perSecond: [],
    p50: [],
    p99: [],
    bareP50: [],
    bareP99: [],
    cpu: [],
    bareCpu: [],
  };
  // In turns, so that what else the machine does meets both.
  for (let round = 0; round < rounds; round += 1) {
    figures.others.push(await othersPercent());
    const before = cpuSeconds(api);
    const sent = await load({ url, rate, seconds, requests });
    if (sent.failed > 0) throw new Error(`${sent.failed} requests were not answered with 200`);
    figures.cpu.push(((cpuSeconds(api) - before) * 1000) / sent.answered);
    figures.perSecond.push(sent.perSecond);
    figures.p50.push(sent.p50);
    figures.p99.push(sent.p99);
    const bare = await inChild('bare-loop.mjs', { appUrl, rate, seconds, plans });
    figures.bareCpu.push(bare.cpuMsPerRequest);
    figures.bareP50.push(bare.p50);
    figures.bareP99.push(bare.p99);
  }
  sayOthers(figures.others);
  say('GET /hosts, answered with 200', '/s', figures.perSecond);
  say('GET /hosts, half of the answers within', 'ms', figures.p50);
  say('the bare SQL of it, half within', 'ms', figures.bareP50);
  say('the bare SQL of it, 99 of 100 within', 'ms', figures.bareP99);
  say('CPU of the api', 'ms/req', figures.cpu);
  say('CPU of the bare SQL and JSON', 'ms/req', figures.bareCpu);
  say('99 of 100 to that of the bare SQL', 'times', ratioOf(figures.p99, figures.bareP99));
  return [
    say('GET /hosts, 99 of 100 within', 'ms', figures.p99, { most: 25 }),
    say('CPU of the api to that of the bare SQL', 'times', ratioOf(figures.cpu, figures.bareCpu), {
      most: 2,
    }),
  ].every(Boolean);
}

/** Round by round. @param {readonly number[]} ours @param {readonly number[]} bare */
const ratioOf = (ours, bare) => ours.map((value, round) => value / (bare[round] ?? NaN));

/** @param {object} what */
const load = (what) => inChild('send-load.mjs', what);

/** @param {string} script @param {object} input @returns {Promise<any>} */
async function inChild(script, input) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(input));
  const [output, code] = await Promise.all([
    text(child.stdout),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  return JSON.parse(output);
}

/** Always the same order, and not that of the kinds. @template T @param {readonly T[]} items */
function shuffled(items) {
  return items
    .map((item, index) => ({ item, place: (index * 7919) % items.length }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
