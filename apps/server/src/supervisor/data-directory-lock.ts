import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

export type LockOutcome =
  | { readonly kind: 'locked'; readonly release: () => void }
  | { readonly kind: 'taken'; readonly holder: string };

/**
 * Locks a data directory for this process. The lock is the kernel's flock(2) on a file we keep open, so it ends with
 * us however we die and a reused pid means nothing; Node cannot call flock, but the program flock locks the open
 * file description it inherits, which is ours.
 */
export function lockDataDirectory(directory: string, pid: number): LockOutcome {
  const file = path.join(directory, 'lock');
  const descriptor = openSync(file, 'a+', 0o600);
  const outcome = spawnSync('flock', ['--nonblock', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  if (outcome.error !== undefined) {
    throw new Error('the program flock (package util-linux) is needed and was not found', {
      cause: outcome.error,
    });
  }
  if (outcome.status !== 0) {
    closeSync(descriptor);
    return { kind: 'taken', holder: readFileSync(file, 'utf8').trim() };
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, `${pid}\n`);
  return { kind: 'locked', release: () => closeSync(descriptor) };
}
