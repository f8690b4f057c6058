import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { missingPrograms } from './debian-packages.js';
import { runProgram } from './run-program.js';
import type { RunningProgram } from './run-program.js';
import { waitUntil } from './wait-until.js';

const hostPrograms = [
  '/lib/systemd/systemd',
  '/usr/bin/dbus-daemon',
  '/usr/sbin/nginx',
  '/usr/sbin/php-fpm8.2',
];
const hostPackages = ['systemd', 'dbus', 'nginx-light', 'php8.2-fpm'];
const script = path.join(import.meta.dirname, 'private-systemd.sh');

/** Why no systemd can be run here; null where one can, and then it must. */
export function whyNoSystemd(): string | null {
  if (process.geteuid?.() !== 0) return 'only root can make the namespaces';
  const { status } = spawnSync('unshare', ['--pid', '--fork', '--mount', 'true']);
  if (status !== 0) return 'this machine lets nobody make namespaces';
  return missingPrograms(hostPrograms, hostPackages);
}

/** A real systemd with the programs and units of this machine, none of them started. */
export class PrivateSystemd {
  private constructor(
    /** The same inside and outside. */
    readonly directory: string,
    private readonly pid: number,
    readonly stop: () => Promise<void>,
  ) {}

  /** @param alsoSees what of the machine is read inside by another name, as pairs of outside and inside */
  static async start(alsoSees: readonly (readonly [string, string])[] = []): Promise<PrivateSystemd> {
    const work = await mkdtemp('/var/tmp/patchgate-systemd-');
    const shared = path.join(work, 'shared');
    await mkdir(shared);
    await mkdir(path.join(work, 'mounts'));
    const namespaces = ['--pid', '--fork', '--kill-child=KILL', '--mount', '--uts', '--ipc', '--cgroup'];
    const seen = [path.join(work, 'mounts'), shared, ...alsoSees.flat()];
    const inside = ['unshare', ...namespaces, 'sh', script, ...seen];
    // A runner that is killed takes it with it, and with its process 1 go its mounts.
    const child = spawn('setpriv', ['--pdeathsig=KILL', '--', ...inside], { stdio: 'ignore' });
    const stop = async () => {
      const ended = once(child, 'exit');
      // Only the end of its own process 1 ends all that runs inside.
      child.kill('SIGKILL');
      await ended;
      await rm(work, { recursive: true, force: true });
    };
    try {
      const pid = await waitUntil(() => onlyChildOf(child.pid ?? 0), { timeoutMs: 10_000, everyMs: 50 });
      const systemd = new PrivateSystemd(shared, pid, stop);
      const isUp = () => systemd.run('systemctl', 'is-active', 'basic.target');
      await waitUntil(isUp, { timeoutMs: 30_000, everyMs: 200 });
      // The network is that of the machine, where port 80 may be somebody's.
      systemd.run('rm', '-f', '/etc/nginx/sites-enabled/default');
      return systemd;
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** @returns what it printed */
  run(...command: readonly string[]): string {
    return execFileSync('nsenter', [...this.#enter(), ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** For what takes its time. */
  start(...command: readonly string[]): RunningProgram {
    return runProgram(['nsenter', ...this.#enter(), ...command]);
  }

  #enter(): string[] {
    const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--cgroup'];
    return ['--target', String(this.pid), ...namespaces, '--root', '--wd=/'];
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
