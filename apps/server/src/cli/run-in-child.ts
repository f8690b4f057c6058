import path from 'node:path';
import { spawnBound } from '../supervisor/spawn-bound.js';
import { dyingWithUs } from '../supervisor/system-user.js';
import type { Program } from './patchgate-children.js';

/**
 * Runs a command of ours in a process of its own: the supervisor lives for months and should not carry its memory.
 *
 * @param what the command does, for the words of a failure
 */
export async function runInChild(
  program: Program,
  command: string,
  { environment, what }: { environment: NodeJS.ProcessEnv; what: string },
): Promise<void> {
  const lines: string[] = [];
  const commandLine = [program.node, path.join(program.directory, 'main.cli.js'), command];
  const child = spawnBound(dyingWithUs({}, 'TERM', commandLine), {
    cwd: '/',
    environment,
    onLine: (line) => lines.push(line),
    stopWith: [{ signal: 'SIGKILL', patienceMs: 0 }],
  });
  const { code, how } = await child.exited;
  if (code !== 0) throw new Error(`${what} failed (${how}): ${lines.join('\n')}`);
}
