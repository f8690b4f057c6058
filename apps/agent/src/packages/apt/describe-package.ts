import type { HostPackage } from '@patchgate/contracts/agent';

import { compareVersions } from './compare-versions.js';
import type { InstalledPackage } from './installed-packages.js';

/** @param needing names of installed packages that depend on it */
export function describeInstalled(
  own: InstalledPackage,
  candidate: string | null,
  needing: readonly string[] = [],
): HostPackage {
  const isUpgradable = candidate !== null && compareVersions(candidate, own.version) > 0;
  return {
    name: own.name,
    version: own.version,
    status: isUpgradable ? 'Upgradable' : 'Installed',
    upgradable: isUpgradable,
    latest_version: candidate,
    description: own.summary,
    dependencies: [...own.dependencies],
    reverse_dependencies: [...needing],
    install_date: null,
    size_installed: own.sizeBytes,
  };
}

/** A package that could be installed. */
export function describeKnown(fields: ReadonlyMap<string, string>, needing: readonly string[]): HostPackage {
  const version = fields.get('Version') ?? '';
  const kibibytes = Number(fields.get('Installed-Size') ?? Number.NaN);
  const depends = (fields.get('Depends') ?? '')
    .split(/[,|]/)
    .map((part) => part.trim().split(/[ (:]/, 1)[0] ?? '');
  return {
    name: fields.get('Package') ?? '',
    version,
    status: 'Available',
    upgradable: false,
    latest_version: version,
    description: fields.get('Description') ?? fields.get('Description-en') ?? '',
    dependencies: [...new Set(depends.filter((name) => name !== ''))],
    reverse_dependencies: [...needing],
    install_date: null,
    size_installed: Number.isInteger(kibibytes) ? kibibytes * 1024 : null,
  };
}

/** Reads the first paragraph of `apt-cache show`; of a field over several lines the first one. */
export function parseShow(text: string): ReadonlyMap<string, string> {
  const [paragraph = ''] = text.split('\n\n', 1);
  const fields = paragraph.split('\n').flatMap((line) => {
    const [, name, value] = /^([A-Za-z-]+): ?(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return new Map(fields);
}

/** Reads `apt-cache rdepends`. */
export function parseReverseDependencies(text: string): readonly string[] {
  const [, list = ''] = text.split('Reverse Depends:\n', 2);
  const names = list.split('\n').map((line) => line.replace(/^[ |]+/, '').split(':', 1)[0] ?? '');
  return [...new Set(names.filter((name) => name !== ''))];
}
