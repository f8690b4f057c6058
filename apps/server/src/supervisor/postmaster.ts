import type { Exit, Running } from './keep-running.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { serverEnvironment } from './postgres-cluster.js';
import { spawnBound } from './spawn-bound.js';
import type { ServerUser } from './system-user.js';
import { dyingWithUs } from './system-user.js';

/** Small on purpose: api, worker and PostgreSQL together stay below 400 MB when idle. */
const smallSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '100',
  io_workers: '1',
  max_logical_replication_workers: '0',
  max_wal_size: '512MB',
  jit: 'off',
  // Of many rows a few are wanted: with the cost of turning disks the planner reads all of a large table for them.
  random_page_cost: '1.1',
  huge_pages: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
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
  const settings = Object.entries({ ...smallSettings, ...options.settings, port: String(options.port) });
  const complaints: string[] = [];
  const ready = Promise.withResolvers<'ready'>();
  const server = spawnBound(
    dyingWithUs(options.user, 'INT', [
      options.binaries.postgres,
      '-D',
      options.cluster,
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]),
    {
      cwd: '/',
      environment: serverEnvironment(options.binaries),
      onLine: (line) => {
        options.onLine(line);
        const complaint = /(FATAL|HINT|DETAIL): .*/.exec(line);
        if (complaint !== null) complaints.push(complaint[0]);
        if (line.includes('database system is ready to accept connections')) ready.resolve('ready');
      },
      // Fast, then immediate shutdown, then no more patience.
      stopWith: [
        { signal: 'SIGINT', patienceMs: 15_000 },
        { signal: 'SIGQUIT', patienceMs: 5_000 },
        { signal: 'SIGKILL', patienceMs: 0 },
      ],
    },
  );
  const outcome: 'ready' | Exit = await Promise.race([ready.promise, server.exited]);
  if (outcome === 'ready') return server;
  throw new Error(`PostgreSQL did not start (${outcome.how}). ${complaints.join(' ')}`.trim());
}
