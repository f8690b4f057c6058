import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The user PostgreSQL runs as; `switchTo` is set only when that is not the user we are. */
export interface ServerUser {
  readonly switchTo?: { readonly name: string; readonly uid: number; readonly gid: number };
}

/** PostgreSQL refuses to run as root, so root lends it the user nobody (or whoever already owns the cluster). */
export function chooseServerUser(uid: number, clusterDirectory: string): ServerUser {
  if (uid !== 0) return {};
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    return { switchTo: { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid } };
  }
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  if (entry === undefined) {
    throw new Error(
      'PostgreSQL cannot run as root and there is no user nobody to run it as: start as a plain user',
    );
  }
  return { switchTo: { name: 'nobody', uid: Number(entry[2]), gid: Number(entry[3]) } };
}

/** The command line that runs a program as that user and ends it by `signal` when we die, even by SIGKILL. */
export function dyingWithUs(user: ServerUser, signal: 'INT' | 'TERM', command: readonly string[]): string[] {
  const switching =
    user.switchTo === undefined
      ? []
      : [`--reuid=${user.switchTo.uid}`, `--regid=${user.switchTo.gid}`, '--clear-groups'];
  return ['setpriv', `--pdeathsig=${signal}`, '--no-new-privs', ...switching, '--', ...command];
}

/** Says whether that user can reach a directory, by trying: mode bits alone miss ACLs and odd mounts. */
export function canReach(user: ServerUser, directory: string): boolean {
  const [program, ...rest] = dyingWithUs(user, 'TERM', ['test', '-x', directory]);
  const outcome = spawnSync(program as string, rest, { cwd: '/' });
  if (outcome.error !== undefined) {
    throw new Error('the program setpriv (package util-linux) is needed and was not found', {
      cause: outcome.error,
    });
  }
  return outcome.status === 0;
}
