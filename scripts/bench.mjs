// `npm run bench -- hosts|start|poll`: figures against their budgets; exit code 1 when one is missed.
import { benchHosts } from '../bench/hosts.mjs';
import { benchPoll } from '../bench/poll.mjs';
import { benchStart } from '../bench/start.mjs';
import { build } from './build.mjs';

/** @type {Record<string, () => Promise<boolean>>} */
const benches = { hosts: benchHosts, start: benchStart, poll: benchPoll };

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
