// Simulated agents in a process of their own: commands on standard input, one line of JSON each, and one line back.
// `--ledger FILE` gets a line for everything that really happened.
import { createInterface } from 'node:readline';

import { Fleet } from './agents/fleet.js';
import { Ledger } from './agents/ledger.js';
import { command } from './agents/script.js';

const [, path] = process.argv.slice(process.argv.indexOf('--ledger'));
if (path === undefined) throw new Error('--ledger FILE is missing');
const fleet = await Fleet.create(new Ledger(path), new Date());
// Whoever started us holds the other end; when it is gone, so are we.
for await (const line of createInterface({ input: process.stdin })) {
  const done = await fleet.obey(command.parse(JSON.parse(line)));
  process.stdout.write(`${JSON.stringify(done)}\n`);
}
process.exit(0);
