// A PostgreSQL of our own that is migrated, comes back when it is killed, and goes with the directory it is in.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const server = path.resolve(import.meta.dirname, '../apps/server/dist');
const from = (/** @type {string} */ file) => import(path.join(server, file));

/**
 * What a killed process had handed to the operating system is there, so nothing has to reach the disk; but what it
 * acknowledged it must have handed over.
 */
const settings = { fsync: 'off', synchronous_commit: 'on', max_connections: '200' };
/** The supervisor waits longer after each death of a row; here deaths come in rows. */
const restartMs = 250;

/** @typedef {Awaited<ReturnType<typeof startPostgres>>} Postgres */

/** @param {string} dataDirectory */
export async function startPostgres(dataDirectory) {
  const { startEmbeddedPostgres } = await from('supervisor/embedded-postgres.js');
  const { databaseName } = await from('supervisor/postgres-roles.js');
  const uid = process.getuid?.() ?? -1;
  const signal = (/** @type {number} */ pid, /** @type {NodeJS.Signals} */ name) => process.kill(pid, name);
  const quiet = { onLine: () => undefined, onCrash: () => undefined };
  const first = await startEmbeddedPostgres({ dataDirectory, uid, signal, ...quiet, settings });
  await migrateTo(first.migrationUrl);
  await first.stop();
  const kept = await keep(first.home, { uid, signal });
  const superuserUrl = Object.assign(new URL(first.superuserUrl), { pathname: `/${databaseName}` }).href;
  return {
    superuserUrl,
    /** @type {string} */
    appUrl: first.appUrl,
    /** @type {() => number | undefined} undefined while it is away */
    pid: kept.pid,
    /** @type {() => Promise<void>} */
    stop: kept.stop,
  };
}

/** @param {string} migrationUrl */
async function migrateTo(migrationUrl) {
  const { appName } = await from('supervisor/postgres-roles.js');
  const { migrate } = await from('platform/database/migrate.js');
  const { SystemClock } = await from('platform/clock/clock.js');
  await migrate({ migrationUrl, appRole: appName, clock: new SystemClock() });
}

/**
 * @param {string} home
 * @param {{ uid: number, signal: (pid: number, name: NodeJS.Signals) => void }} rights
 */
async function keep(home, { uid, signal }) {
  const { keepRunning } = await from('supervisor/keep-running.js');
  const { preparePostgresBinaries } = await from('supervisor/postgres-binaries.js');
  const { startPostmaster } = await from('supervisor/postmaster.js');
  const { clearStalePostmaster } = await from('supervisor/stale-postmaster.js');
  const { chooseServerUser } = await from('supervisor/system-user.js');
  const cluster = path.join(home, 'cluster');
  if (!existsSync(cluster)) throw new Error(`there is no cluster in ${home}`);
  const user = chooseServerUser(uid, cluster);
  const binaries = preparePostgresBinaries(home, user);
  const port = Number(readFileSync(path.join(home, 'port'), 'utf8'));
  return keepRunning({
    launch: async () => {
      await clearStalePostmaster(cluster, signal);
      return startPostmaster({ user, binaries, cluster, port, settings, onLine: () => undefined });
    },
    onRestart: () => undefined,
    firstDelayMs: restartMs,
    longestDelayMs: restartMs,
  });
}
