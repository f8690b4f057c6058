import path from 'node:path';

import { findPackageSystem } from '../packages/find-package-system.js';
import { SystemClock } from '../platform/clock/clock.js';
import { hostPaths } from '../platform/host-paths.js';
import { programRunner } from '../platform/run-program.js';
import { runDirectory } from '../runs/run-directory.js';
import { runTransaction } from '../runs/runner/run-transaction.js';

/** The hidden command that the agent starts for each run; whoever types it gets a run that was made already, or nothing. */
export async function transaction(process: NodeJS.Process, root: string): Promise<number> {
  // A package transaction that is stopped midway leaves a broken host; it ends by itself.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const { env: environment, pid } = process;
  const run = programRunner(environment);
  const stateDirectory = path.resolve(root, '../..');
  const isMine = await runTransaction({
    directory: runDirectory(stateDirectory, path.basename(root)),
    pid,
    paths: hostPaths,
    clock: new SystemClock(),
    openSystem: (lockTimeoutSeconds) =>
      findPackageSystem({ run, environment, paths: hostPaths, lockTimeoutSeconds }),
  });
  process.stdout.write(isMine ? 'ended\n' : 'another runner has this run\n');
  return 0;
}
