import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { ServerUser } from './system-user.js';
import { dyingWithUs } from './system-user.js';

export const superuserName = 'patchgate_superuser';

/** Makes the cluster once. A killed initdb leaves a directory of another name, which the next start discards. */
export function ensureCluster(options: {
  home: string;
  binaries: PostgresBinaries;
  user: ServerUser;
  superuserPassword: string;
}): string {
  const { home, binaries, user } = options;
  const cluster = path.join(home, 'cluster');
  if (existsSync(cluster)) return cluster;
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const passwordFile = path.join(home, 'initdb-password');
  const giveToServer = (entry: string) => {
    if (user.switchTo !== undefined) chownSync(entry, user.switchTo.uid, user.switchTo.gid);
  };
  mkdirSync(unfinished, { mode: 0o700 });
  giveToServer(unfinished);
  try {
    writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
    giveToServer(passwordFile);
    initialise(binaries, user, unfinished, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const rules = path.join(unfinished, 'pg_hba.conf');
  writeFileSync(rules, 'host all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o600 });
  giveToServer(rules);
  renameSync(unfinished, cluster);
  return cluster;
}

function initialise(
  binaries: PostgresBinaries,
  user: ServerUser,
  directory: string,
  passwordFile: string,
): void {
  const [program, ...rest] = dyingWithUs(user, 'TERM', [
    binaries.initdb,
    `--pgdata=${directory}`,
    `--username=${superuserName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]);
  const outcome = spawnSync(program as string, rest, {
    cwd: '/',
    encoding: 'utf8',
    env: serverEnvironment(binaries),
  });
  if (outcome.status !== 0) {
    throw new Error(`initdb failed: ${outcome.stderr || String(outcome.error)}`, { cause: outcome.error });
  }
}

/** PostgreSQL gets nothing of our environment: no secrets, and the same messages whatever the locale. */
export function serverEnvironment(binaries: PostgresBinaries): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: binaries.libraryPath };
}
