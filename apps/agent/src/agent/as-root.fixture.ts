import { execFileSync } from 'node:child_process';

/**
 * What goes before a command line that needs to be root: nothing for root, else a namespace in which this user is. There
 * it may change the files of its own that a test makes, and no others.
 */
export const asRoot: readonly string[] = process.geteuid?.() === 0 ? [] : ['unshare', '--map-root-user'];

const nobody = 65_534;

/** What goes before the command line of a program that must not be root, and gives it a directory of its own. */
export function asUser(directory: string): readonly string[] {
  if (process.geteuid?.() !== 0) return [];
  execFileSync('chown', ['--recursive', `${nobody}:${nobody}`, directory]);
  return ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];
}
