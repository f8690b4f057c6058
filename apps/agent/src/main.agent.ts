import { runCommand } from './cli/run-command.js';

process.exitCode = await runCommand(process);
// Sockets that linger must not keep a finished command alive.
process.exit();
