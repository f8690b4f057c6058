interface Package {
  /** What the last patch job found, what is there now, and what there is to be had. */
  readonly versions: readonly [before: string, current: string, available: string];
  readonly security?: true;
  readonly requiresReboot?: true;
}

const openssl = [
  '3.0.16-1~deb12u1',
  '3.0.17-1~deb12u2',
  '3.0.17-1~deb12u3',
] as const satisfies Package['versions'];

const packages = {
  openssl: { versions: openssl, security: true },
  libssl3: { versions: openssl, security: true },
  nginx: {
    versions: ['1.22.1-9+deb12u1', '1.22.1-9+deb12u2', '1.22.1-9+deb12u3'],
    security: true,
  },
  'php8.2-fpm': {
    versions: ['8.2.28-1~deb12u1', '8.2.29-1~deb12u1', '8.2.30-1~deb12u1'],
    security: true,
  },
  'postgresql-15': {
    versions: ['15.12-0+deb12u2', '15.13-0+deb12u1', '15.14-0+deb12u1'],
    security: true,
  },
  'redis-server': {
    versions: ['5:7.0.15-1~deb12u4', '5:7.0.15-1~deb12u5', '5:7.0.15-1~deb12u6'],
    security: true,
  },
  'linux-image-amd64': {
    versions: ['6.1.135-1', '6.1.140-1', '6.1.147-1'],
    security: true,
    requiresReboot: true,
  },
  curl: {
    versions: ['7.88.1-10+deb12u12', '7.88.1-10+deb12u13', '7.88.1-10+deb12u14'],
    security: true,
  },
  sudo: { versions: ['1.9.13p3-1+deb12u1', '1.9.13p3-1+deb12u2', '1.9.13p3-1+deb12u3'], security: true },
  haproxy: { versions: ['2.6.12-1+deb12u1', '2.6.12-1+deb12u2', '2.6.12-1+deb12u3'] },
  postfix: { versions: ['3.7.10-0+deb12u1', '3.7.11-0+deb12u1', '3.7.12-0+deb12u1'] },
  tzdata: { versions: ['2025a-0+deb12u1', '2025b-0+deb12u1', '2025b-0+deb12u2'] },
  'base-files': { versions: ['12.4+deb12u10', '12.4+deb12u11', '12.4+deb12u12'] },
  'vim-common': { versions: ['2:9.0.1378-2', '2:9.0.1378-2+deb12u1', '2:9.0.1378-2+deb12u2'] },
} as const satisfies Record<string, Package>;

export type PackageName = keyof typeof packages;

/** As an agent lists what is outstanding. */
export const pendingPackage = (name: PackageName) => {
  const { versions, ...rest }: Package = packages[name];
  return {
    ...{ name, current_version: versions[1], available_version: versions[2] },
    ...{ security: rest.security ?? false, requires_reboot: rest.requiresReboot ?? false },
  };
};

/** As a run keeps what it changed: the last job brought what is there now, the one of today what was to be had. */
export function packageChange(name: PackageName, job: 'last' | 'today') {
  const [before, current, available] = packages[name].versions;
  const [from, wanted] = job === 'last' ? [before, current] : [current, available];
  return { name, before: from, wanted, after: wanted };
}
