import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';

const script = path.join(import.meta.dirname, 'private-systemd.fixture.sh');

/** Why no systemd can be run here; null where one can, and then it must. */
export function whyNoSystemd(): string | null {
  if (process.geteuid?.() !== 0) return 'only root can make the namespaces';
  const { status } = spawnSync('unshare', ['--pid', '--fork', '--mount', 'true']);
  return status === 0 ? null : 'this machine lets nobody make namespaces';
}

/** A real systemd with the programs and units of this machine, none of them started. */
export class PrivateSystemd {
  private constructor(
    /** The same inside and outside. */
    readonly directory: string,
    private readonly pid: number,
  ) {}

  static async start(): Promise<PrivateSystemd> {
    const work = await mkdtemp('/var/tmp/patchgate-systemd-');
    const shared = path.join(work, 'shared');
    await mkdir(shared);
    await mkdir(path.join(work, 'mounts'));
    const namespaces = ['--pid', '--fork', '--kill-child=KILL', '--mount', '--uts', '--ipc', '--cgroup'];
    const child = spawn('unshare', [...namespaces, 'sh', script, path.join(work, 'mounts'), shared], {
      stdio: 'ignore',
    });
    onTestFinished(async () => {
      const ended = once(child, 'exit');
      // Only the end of its own process 1 ends all that runs inside.
      child.kill('SIGKILL');
      await ended;
      await rm(work, { recursive: true, force: true });
    });
    const pid = await vi.waitFor(() => onlyChildOf(child.pid!), { timeout: 10_000, interval: 50 });
    const systemd = new PrivateSystemd(shared, pid);
    await vi.waitFor(() => systemd.run('systemctl', 'is-active', 'basic.target'), {
      timeout: 30_000,
      interval: 200,
    });
    return systemd;
  }

  /** @returns what it printed */
  run(...command: readonly string[]): string {
    const enter = ['--target', String(this.pid), '--mount', '--pid', '--uts', '--ipc', '--cgroup'];
    return execFileSync('nsenter', [...enter, '--root', '--wd=/', ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Writes a file that only the inside sees. */
  async write(file: string, text: string, mode = 0o644): Promise<void> {
    const outside = path.join(`/proc/${this.pid}/root`, file);
    await mkdir(path.dirname(outside), { recursive: true });
    await writeFile(outside, text, { mode });
  }
}

function onlyChildOf(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  if (child === undefined || child === '') throw new Error('not started yet');
  return Number(child);
}
