// `npm run faults -- NAME [--cycles N] [--seed S] [--without fence|idempotency] [--at FAILPOINT,…]`: exit code 1 when a
// promise is broken.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';

/** Loaded when asked for, and after the build: they stand on the program they hurt. */
const load = () => import('../faults/named-faults.mjs');

process.on('disconnect', () => process.exit(1));
const print = (/** @type {string} */ line) => console.log(line);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cycles: { type: 'string' },
    seed: { type: 'string' },
    without: { type: 'string' },
    at: { type: 'string' },
  },
});
const [name = ''] = positionals;
await build(print);
const { namedFaults, withouts } = await load();
const fault = namedFaults[name];
const without = values.without;
if (!fault || (without !== undefined && !withouts.includes(without))) {
  const names = Object.keys(namedFaults).join('|');
  console.error(
    `usage: npm run faults -- ${names} [--cycles N] [--seed S] [--without ${withouts.join('|')}]`,
  );
  process.exit(2);
}
const seed = Number(values.seed ?? randomInt(2 ** 31));
const cycles = Number(values.cycles ?? fault.cycles);
const given = (/** @type {string} */ option, /** @type {string | undefined} */ value) =>
  value === undefined ? '' : ` --${option} ${value}`;
const again = `npm run faults -- ${name} --cycles ${cycles} --seed ${seed}${given('without', without)}${given('at', values.at)}`;
print(`\n${again}`);
const isGood = await fault.run({ cycles, seed, without, at: values.at?.split(',') }, print);
print(isGood ? '' : `\nagain: ${again}`);
process.exit(isGood ? 0 : 1);
