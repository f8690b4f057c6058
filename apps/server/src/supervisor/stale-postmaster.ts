import { existsSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends what a killed predecessor left. The caller holds the lock of the data directory, so any process that works
 * in the cluster is an orphan; every server process of PostgreSQL has the cluster as its working directory, which
 * tells it from a stranger that got the pid in postmaster.pid meanwhile.
 */
export async function clearStalePostmaster(
  cluster: string,
  signal: (pid: number, name: NodeJS.Signals) => void,
): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile) && processesIn(cluster).length === 0) return;
  // Fast shutdown first: it writes a checkpoint, and saves the recovery at the next start.
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (await goneWithin(cluster, name === 'SIGINT' ? 1_000 : 5_000)) break;
    for (const pid of processesIn(cluster)) {
      if (name === 'SIGKILL' || pid === recordedPid(pidFile)) signal(pid, name);
    }
  }
  if (!(await goneWithin(cluster, 10_000))) {
    throw new Error(
      `processes of an earlier PostgreSQL still work in ${cluster}: ${processesIn(cluster).join(', ')}`,
    );
  }
  rmSync(pidFile, { force: true });
}

async function goneWithin(cluster: string, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; processesIn(cluster).length > 0; waitedMs += 50) {
    if (waitedMs >= timeoutMs) return false;
    await delay(50);
  }
  return true;
}

function recordedPid(pidFile: string): number | undefined {
  return existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : undefined;
}

/** Pids whose working directory is the given one. */
function processesIn(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory);
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // Gone meanwhile, or of another user: neither works in our cluster.
    return undefined;
  }
}
