import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type LockOutcome =
  | {
      readonly kind: 'locked';
      /** Lets the next start wait for us instead of giving up. */
      readonly announceStop: () => void;
      readonly release: () => void;
    }
  | { readonly kind: 'taken'; readonly holder: string };

const stopping = 'stopping';
/** A holder whose parent was killed notices within a quarter of a second; then it says that it stops. */
const unawareMs = 1_000;
const stoppingMs = 40_000;

/**
 * Locks a data directory for this process. The lock is the kernel's flock(2) on a file we keep open, so it ends with
 * us however we die and a reused pid means nothing; Node cannot call flock, but the program flock locks the open
 * file description it inherits, which is ours.
 */
export async function lockDataDirectory(directory: string, pid: number): Promise<LockOutcome> {
  const file = path.join(directory, 'lock');
  const descriptor = openSync(file, 'a+', 0o600);
  const startedAt = performance.now();
  while (!isLocked(descriptor)) {
    const [holder = '', state] = readFileSync(file, 'utf8').split('\n');
    if (performance.now() - startedAt > (state === stopping ? stoppingMs : unawareMs)) {
      closeSync(descriptor);
      return { kind: 'taken', holder };
    }
    await delay(50);
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, `${pid}\n`);
  return {
    kind: 'locked',
    announceStop: () => writeSync(descriptor, `${stopping}\n`),
    release: () => closeSync(descriptor),
  };
}

function isLocked(descriptor: number): boolean {
  const outcome = spawnSync('flock', ['--nonblock', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  if (outcome.error === undefined) return outcome.status === 0;
  throw new Error('the program flock (package util-linux) is needed and was not found', {
    cause: outcome.error,
  });
}
