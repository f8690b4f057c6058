// `npm run bench -- hosts|start|poll|hostile|results|idle|agents|gate`: figures against their budgets; exit code 1 when one is missed.
import { build } from './build.mjs';

/** Loaded when asked for, and after the build: they look into the program they measure. @type {Record<string, () => Promise<boolean>>} */
const benches = {
  hosts: async () => (await import('../bench/hosts.mjs')).benchHosts(),
  start: async () => (await import('../bench/start.mjs')).benchStart(),
  poll: async () => (await import('../bench/poll.mjs')).benchPoll(),
  hostile: async () => (await import('../bench/hostile.mjs')).benchHostile(),
  results: async () => (await import('../bench/results.mjs')).benchResults(),
  idle: async () => (await import('../bench/idle.mjs')).benchIdle(),
  gate: async () => (await import('../bench/gate.mjs')).benchGate(),
  agents: async () => (await import('../bench/agents.mjs')).benchAgents(),
};

process.on('disconnect', () => process.exit(1));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
await build((line) => console.log(line));
let isGood = true;
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  console.log(`\n${name}`);
  isGood = (await benches[name]?.()) === true && isGood;
}
process.exit(isGood ? 0 : 1);
