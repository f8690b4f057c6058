import type { RunProgram } from '../platform/run-program.js';

/** @throws Error with what the command says when it refuses */
export async function rebootHost(command: readonly string[], run: RunProgram): Promise<void> {
  const [program = '', ...args] = command;
  const { exitCode, stderr } = await run(program, args);
  if (exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${exitCode}: ${stderr.trim()}`);
}
