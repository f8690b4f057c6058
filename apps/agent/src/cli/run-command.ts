import { ConfigError } from '../config/config-error.js';
import { messageOf } from '../platform/messages.js';
import { version } from '../version.js';
import unit from '../../../../deploy/systemd/patchgate-agent.service?raw';
import { check } from './check.command.js';
import { enroll } from './enroll.command.js';
import { parseArguments, usage } from './parse-arguments.js';
import { serve } from './serve.command.js';
import { transaction } from './transaction.command.js';

const USAGE_EXIT = 2;

/** The unit as it is in the repository, with the Node that runs this. */
const unitText = (node: string): string =>
  unit.replace('ExecStart=/usr/bin/node ', () => `ExecStart=${node} `);

/** @returns the exit code */
export async function runCommand(process: NodeJS.Process): Promise<number> {
  const command = parseArguments(process.argv.slice(2));
  try {
    switch (command.kind) {
      case 'help':
        process.stdout.write(usage);
        return 0;
      case 'version':
        process.stdout.write(`${version}\n`);
        return 0;
      case 'unit':
        process.stdout.write(unitText(process.execPath));
        return 0;
      case 'serve':
        return await serve(process, command.config);
      case 'check':
        return await check(process, command.config);
      case 'enroll':
        return await enroll(process, command.options);
      case 'transaction':
        return await transaction(process, command.directory);
      case 'invalid':
        process.stderr.write(`${command.message}\n${usage}`);
        return USAGE_EXIT;
    }
  } catch (error) {
    process.stderr.write(`patchgate-agent: ${messageOf(error)}\n`);
    return error instanceof ConfigError ? ConfigError.exitCode : 1;
  }
}
