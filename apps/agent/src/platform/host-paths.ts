import path from 'node:path';

/** Where the kernel and the distribution keep what is read of the host; a test has its own. */
export interface HostPaths {
  readonly proc: string;
  readonly etc: string;
  readonly run: string;
  readonly boot: string;
  readonly usrLib: string;
  readonly aptLists: string;
}

export const hostPaths: HostPaths = hostPathsBelow('/');

export function hostPathsBelow(root: string): HostPaths {
  return {
    proc: path.join(root, 'proc'),
    etc: path.join(root, 'etc'),
    run: path.join(root, 'run'),
    boot: path.join(root, 'boot'),
    usrLib: path.join(root, 'usr/lib'),
    aptLists: path.join(root, 'var/lib/apt/lists'),
  };
}
