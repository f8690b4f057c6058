import { runFront } from './run-front.js';

process.exitCode = await runFront(process);
// Sockets that linger must not keep a program alive that has ended.
process.exit();
