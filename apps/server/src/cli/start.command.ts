import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config/config.schema.js';
import { readConfig } from '../config/config.schema.js';
import { assertPortsDiffer } from '../config/fitting-settings.js';
import type { DatabaseUrls } from '../supervisor/start-patchgate.js';
import { fingerprintOf } from '../features/pki/fingerprint.js';
import { startPatchgate } from '../supervisor/start-patchgate.js';
import { createSteps } from '../supervisor/steps.js';
import { stopOnSignals } from '../supervisor/stop-signal.js';
import type { Command } from './command.js';
import { assertNoDemoDirectory } from './demo-directory.js';
import { demoEnvironment } from './demo-environment.js';
import { demoOf } from './demo.js';
import { migrateInChild } from './migrate-in-child.js';
import { addressOf, allowedByDefault, patchgateChildren, wantedPorts } from './patchgate-children.js';

/**
 * `patchgate start`: PostgreSQL, api and worker on this machine, until told to stop. With `--demo` on a data directory of
 * its own, with simulated hosts.
 */
export const start: Command = async (process, args) => {
  // What others may read is decided file by file; a stricter mask would lock the user of PostgreSQL out.
  process.umask(0o022);
  const isDemo = args.includes('--demo');
  const environment = isDemo ? demoEnvironment(process.env) : process.env;
  const config = readConfig(environment);
  const directory = path.resolve(import.meta.dirname, '..');
  const program = { node: process.execPath, directory, environment, config };
  const demo = isDemo ? await demoOf(program) : null;
  if (!demo) assertNoDemoDirectory(config.dataDir);
  const ports = demo?.ports ?? wantedPorts(config);
  assertPortsDiffer(ports);
  const steps = createSteps((text) => process.stdout.write(text));
  return await startPatchgate({
    dataDirectory: config.dataDir,
    cwd: process.cwd(),
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    signal: (pid, name) => process.kill(pid, name),
    database: ownDatabase(config),
    ports,
    migrate: (urls) => migrateInChild(program, urls),
    children: (database, claimed) => patchgateChildren(program, database, claimed),
    ...demo,
    steps,
    stop: stopOnSignals(process),
    onReady: (claimed) => {
      const what = isDemo ? 'The demo of Patchgate' : 'Patchgate';
      steps.say(`\n${what} is ready${sinceStart(process.env)}: ${addressOf(config, claimed)}`);
      if (demo) {
        demo.say(steps.say);
        return;
      }
      const allowed = allowedByDefault(config);
      if (allowed !== undefined) {
        steps.say(
          `Checks may connect to this machine (${allowed}): PATCHGATE_PROBE_ALLOW_CIDRS says otherwise`,
        );
      }
    },
    onCaCertificate: announceOnce((certificate) => sayAuthority(steps.say, config.dataDir, certificate)),
    onSetupToken: (token) => steps.say(`The one-time set-up token, to make the first admin: ${token}`),
  });
};

/** The file is for `curl --cacert` and for the browser of whoever sits here; the fingerprint is for all others. */
function sayAuthority(say: (line: string) => void, directory: string, certificate: string): void {
  const file = path.join(directory, 'ca.pem');
  say(`Its certificate is signed by Patchgate's own authority: ${file}`);
  say(`  SHA-256 ${fingerprintOf(certificate)}`);
  try {
    writeFileSync(file, certificate, { mode: 0o644 });
  } catch (error) {
    // A full disk must not stop what already serves; the api has the same file at /api/v1/pki/ca.pem.
    say(`  ${file} could not be written: ${String(error)}`);
  }
}

/** An api that was started again says the same once more, which is news to nobody. */
function announceOnce(announce: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    announce(text);
  };
}

function ownDatabase(config: Config): DatabaseUrls | undefined {
  if (config.databaseUrl === undefined) return undefined;
  return { appUrl: config.databaseUrl, migrationUrl: config.migrationDatabaseUrl };
}

/** Since `npm start` was typed, when that started us: installing and building count for the person who waits. */
function sinceStart(environment: NodeJS.ProcessEnv): string {
  const startedAtMs = Number(environment.PATCHGATE_STARTED_AT_MS ?? performance.timeOrigin);
  return ` after ${((performance.timeOrigin + performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
}
