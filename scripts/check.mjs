// `npm run check`: what needs no running program.
import { runChecks } from './checks.mjs';
import { sayCheck } from './test-report.mjs';

process.on('disconnect', () => process.exit(1));
const checks = await runChecks(sayCheck);
process.exit(checks.every(({ isGood }) => isGood) ? 0 : 1);
