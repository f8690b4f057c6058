// The simulated hosts of `npm run demo`, from the file that its set-up has written: `--fleet FILE`.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Ledger } from './agents/ledger.js';
import { openControl } from './demo/control-listener.js';
import { demoFleet } from './demo/demo-fleet.schema.js';
import { frontCertificates } from './demo/front-certificates.js';
import { Simulation } from './demo/simulation.js';

const [, file] = process.argv.slice(process.argv.indexOf('--fleet'));
if (file === undefined) throw new Error('--fleet FILE is missing');
const directory = path.dirname(file);
const plan = demoFleet.parse(JSON.parse(readFileSync(file, 'utf8')));
const now = new Date();
const pairs = await frontCertificates(directory, plan.fronts, now);
const ledger = new Ledger(path.join(directory, 'ledger.jsonl'));
const simulation = await Simulation.start(plan, pairs, { ledger, now });
await openControl(simulation, plan.control_port);
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => process.exit(0));
