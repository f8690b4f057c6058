import path from 'node:path';
import type { Config } from '../config/config.schema.js';
import { readConfig } from '../config/config.schema.js';
import type { DatabaseUrls } from '../supervisor/start-patchgate.js';
import { startPatchgate } from '../supervisor/start-patchgate.js';
import { createSteps } from '../supervisor/steps.js';
import { stopOnSignals } from '../supervisor/stop-signal.js';
import type { Command } from './command.js';
import { migrateInChild } from './migrate-in-child.js';
import { addressOf, patchgateChildren, wantedPorts } from './patchgate-children.js';

/** `patchgate start`: PostgreSQL, api and worker on this machine, until told to stop. */
export const start: Command = async (process) => {
  // What others may read is decided file by file; a stricter mask would lock the user of PostgreSQL out.
  process.umask(0o022);
  const config = readConfig(process.env);
  const steps = createSteps((text) => process.stdout.write(text));
  const program = {
    node: process.execPath,
    directory: path.resolve(import.meta.dirname, '..'),
    environment: process.env,
    config,
  };
  return await startPatchgate({
    dataDirectory: config.dataDir,
    cwd: process.cwd(),
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    signal: (pid, name) => process.kill(pid, name),
    database: ownDatabase(config),
    ports: wantedPorts(config),
    migrate: (urls) => migrateInChild(program, urls),
    children: (database, ports) => patchgateChildren(program, database, ports),
    steps,
    stop: stopOnSignals(process),
    onReady: (ports) =>
      steps.say(`\nPatchgate is ready${sinceStart(process.env)}: ${addressOf(config, ports)}`),
    onSetupToken: (token) => steps.say(`The one-time set-up token, to make the first admin: ${token}`),
  });
};

function ownDatabase(config: Config): DatabaseUrls | undefined {
  if (config.databaseUrl === undefined) return undefined;
  return { appUrl: config.databaseUrl, migrationUrl: config.migrationDatabaseUrl };
}

/** Since `npm start` was typed, when that started us: installing and building count for the person who waits. */
function sinceStart(environment: NodeJS.ProcessEnv): string {
  const startedAtMs = Number(environment.PATCHGATE_STARTED_AT_MS ?? performance.timeOrigin);
  return ` after ${((performance.timeOrigin + performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
}
