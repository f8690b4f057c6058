import path from 'node:path';
import type { RotatingLog } from './rotating-log.js';
import { openRotatingLog } from './rotating-log.js';
import { lockDataDirectory } from './data-directory-lock.js';
import { ensureDataDirectory } from './data-directory.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import type { Ports, WantedPort } from './port-check.js';
import { claimPorts } from './port-check.js';
import type { Steps } from './steps.js';
import type { StopSignal } from './stop-signal.js';
import { StopRequested } from './stop-signal.js';
import type { ChildSpec } from './supervised-child.js';
import { supervise } from './supervise.js';

export interface DatabaseUrls {
  readonly appUrl: string;
  /** Undefined: somebody else migrates. */
  readonly migrationUrl: string | undefined;
}

export interface StartOptions {
  readonly dataDirectory: string;
  readonly cwd: string;
  readonly pid: number;
  readonly uid: number;
  readonly signal: (pid: number, name: NodeJS.Signals) => void;
  /** A PostgreSQL of one's own; undefined starts the embedded one. */
  readonly database: DatabaseUrls | undefined;
  readonly ports: readonly WantedPort[];
  /** Once the data directory is ours alone, and before anything in it is used. */
  readonly onLocked?: () => void;
  readonly migrate: (urls: { migrationUrl: string; appUrl: string }) => Promise<void>;
  /** What is to be in the migrated database before the children are started. */
  readonly prepare?: (database: DatabaseUrls, ports: Ports) => Promise<void>;
  readonly children: (database: DatabaseUrls, ports: Ports) => readonly ChildSpec[];
  readonly steps: Steps;
  readonly stop: StopSignal;
  readonly onReady: (ports: Ports) => void;
  /** Each time the api makes one, which is also after a restart of it. */
  readonly onSetupToken: (token: string) => void;
  /** When the api shows a certificate of Patchgate's own authority. */
  readonly onCaCertificate: (certificate: string) => void;
}

/** Everything `patchgate start` does, from the lock to the clean end. Resolves with the exit code. */
export async function startPatchgate(options: StartOptions): Promise<number> {
  const { dataDirectory, steps } = options;
  ensureDataDirectory(dataDirectory, options.uid);
  const lock = await lockDataDirectory(dataDirectory, options.pid);
  if (lock.kind === 'taken') {
    steps.say(`patchgate already runs on ${dataDirectory} (process ${lock.holder}): stop it first`);
    return 1;
  }
  void options.stop.requested.then(() => {
    steps.say('stopping');
    lock.announceStop();
  });
  const log = openRotatingLog(path.join(dataDirectory, 'logs', 'patchgate.log'));
  try {
    options.onLocked?.();
    const claim = await claimPorts(options.ports);
    if (claim.kind === 'taken') {
      steps.say(claim.line);
      return 1;
    }
    return await startOnDatabase(options, claim.ports, log);
  } catch (error) {
    if (error instanceof StopRequested) return 0;
    throw error;
  } finally {
    log.close();
    lock.release();
  }
}

async function startOnDatabase(options: StartOptions, ports: Ports, log: RotatingLog): Promise<number> {
  const { steps, database } = options;
  if (database !== undefined) return await startProcesses(options, database, ports, log);
  const postgres = await steps.run('PostgreSQL started', () =>
    startEmbeddedPostgres({
      ...options,
      onLine: (line) => log.write(`postgres ${line}`),
      onCrash: (how, delayMs) => {
        steps.say(`PostgreSQL ended (${how}); starting it again in ${delayMs / 1000} s`);
      },
    }),
  );
  try {
    return await startProcesses(options, postgres, ports, log);
  } finally {
    await postgres.stop();
  }
}

async function startProcesses(
  options: StartOptions,
  database: DatabaseUrls,
  ports: Ports,
  log: RotatingLog,
): Promise<number> {
  const { steps, stop } = options;
  const { migrationUrl, appUrl } = database;
  stop.throwIfRequested();
  if (migrationUrl === undefined) {
    steps.say('  not migrating: PATCHGATE_MIGRATION_DATABASE_URL is not set');
  } else {
    await steps.run('database migrated', () => stop.orStop(options.migrate({ migrationUrl, appUrl })));
  }
  const { prepare } = options;
  if (prepare) await steps.run('demo laid out', () => stop.orStop(prepare(database, ports)));
  // Held back until the address is known: the two are of use together, as the last lines of the start.
  const ready = Promise.withResolvers<undefined>();
  let isReady = false;
  const onSetupToken = (token: string) => void ready.promise.then(() => options.onSetupToken(token));
  const onCaCertificate = (certificate: string) =>
    void ready.promise.then(() => options.onCaCertificate(certificate));
  return await supervise({
    children: options.children(database, ports),
    cwd: options.cwd,
    output: {
      log: log.write,
      say: steps.say,
      onSetupToken,
      onCaCertificate,
      isSettled: () => isReady && !stop.isRequested,
    },
    steps,
    stop,
    onReady: () => {
      isReady = true;
      options.onReady(ports);
      ready.resolve(undefined);
    },
  });
}
