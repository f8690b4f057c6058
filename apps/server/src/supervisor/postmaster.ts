import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PostgresBinaries } from './postgres-binaries.js';
import { serverEnvironment } from './postgres-cluster.js';
import type { Running } from './keep-running.js';
import type { ServerUser } from './system-user.js';
import { dyingWithUs } from './system-user.js';

/** Small on purpose: api, worker and PostgreSQL together stay below 400 MB when idle. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '100',
  io_workers: '1',
  max_wal_size: '512MB',
  jit: 'off',
  huge_pages: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

export interface PostmasterOptions {
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
  readonly cluster: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

/** Starts PostgreSQL and resolves when it accepts connections. */
export async function startPostmaster(options: PostmasterOptions): Promise<Running> {
  const flags = Object.entries({ ...settings, ...options.settings, port: String(options.port) });
  const [program, ...rest] = dyingWithUs(options.user, 'INT', [
    options.binaries.postgres,
    '-D',
    options.cluster,
    ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const child = spawn(program as string, rest, {
    cwd: '/',
    env: serverEnvironment(options.binaries),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group: a Ctrl-C in the terminal reaches us, and we stop the database last.
    detached: true,
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });
  await untilReady(child, exited, options.onLine);
  return {
    pid: child.pid as number,
    exited,
    stop: async () => {
      child.kill('SIGINT');
      await exited;
    },
  };
}

async function untilReady(
  child: ChildProcess,
  exited: Promise<string>,
  onLine: (line: string) => void,
): Promise<void> {
  const complaints: string[] = [];
  const ready = new Promise<void>((resolve) => {
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      onLine(line);
      if (/ (FATAL|HINT|DETAIL): /.test(line)) complaints.push(line.replace(/^.*?(?=FATAL|HINT|DETAIL)/, ''));
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
  const failed = exited.then((how) => {
    throw new Error(`PostgreSQL did not start (${how}). ${complaints.join(' ')}`.trim());
  });
  await Promise.race([ready, failed]);
}
