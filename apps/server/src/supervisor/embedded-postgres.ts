import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepRunning } from './keep-running.js';
import { claimablePort } from './loopback.js';
import { preparePostgresBinaries } from './postgres-binaries.js';
import { ensureCluster } from './postgres-cluster.js';
import { ensureCredentials } from './postgres-credentials.js';
import { ensurePostgresHome, knownPostgresHome } from './postgres-home.js';
import { ensureRolesAndDatabase } from './postgres-roles.js';
import { connectionUrls } from './postgres-urls.js';
import type { PostgresUrls } from './postgres-urls.js';
import { startPostmaster } from './postmaster.js';
import { clearStalePostmaster } from './stale-postmaster.js';
import { chooseServerUser } from './system-user.js';

export interface EmbeddedPostgresOptions {
  /** Absolute; the caller holds its lock. */
  readonly dataDirectory: string;
  readonly uid: number;
  readonly signal: (pid: number, name: NodeJS.Signals) => void;
  readonly onLine: (line: string) => void;
  readonly onCrash: (how: string, restartInMs: number) => void;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres extends PostgresUrls {
  readonly home: string;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/** Starts the PostgreSQL of a data directory, making it at the first time, and restarts it when it dies. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = chooseServerUser(options.uid, path.join(knownPostgresHome(options.dataDirectory), 'cluster'));
  const home = ensurePostgresHome(options.dataDirectory, user);
  const credentials = ensureCredentials(
    path.join(home, 'credentials.json'),
    existsSync(path.join(home, 'cluster')),
  );
  const binaries = preparePostgresBinaries(home, user);
  const cluster = ensureCluster({ home, binaries, user, superuserPassword: credentials.superuser });
  const port = await choosePort(path.join(home, 'port'));
  const kept = await keepRunning({
    launch: async () => {
      await clearStalePostmaster(cluster, options.signal);
      return await startPostmaster({ ...options, binaries, user, cluster, port });
    },
    onRestart: options.onCrash,
  });
  const urls = connectionUrls(port, credentials);
  try {
    await ensureRolesAndDatabase(urls.superuserUrl, credentials);
  } catch (error) {
    await kept.stop();
    throw error;
  }
  return { home, ...urls, pid: kept.pid, stop: kept.stop };
}

/** The port of the last time when it is free, so that a connection kept open in another tool survives a restart. */
async function choosePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (await claimablePort(last)) ?? (await claimablePort(0));
  if (port === undefined) throw new Error('no free port on 127.0.0.1 for the embedded PostgreSQL');
  writeFileSync(file, String(port));
  return port;
}
