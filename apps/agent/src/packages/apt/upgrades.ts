import type { Patch } from '@patchgate/contracts/agent';

import { isRebootPackage } from '../reboot-packages.js';
import { compareVersions } from './compare-versions.js';
import type { InstalledPackage } from './installed-packages.js';
import type { PackagePolicy } from './policy.js';
import { isSecurityUpgrade } from './security-archive.js';

/** The packages that a simulated `apt-get upgrade` would bring to another version. */
export function parseSimulated(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/^Inst (\S+) \[/gm)].map(([, name = '']) => name);
  return new Set(names);
}

const hasUpgrade = ({ installed, candidate }: PackagePolicy): boolean =>
  installed !== null && candidate !== null && compareVersions(candidate, installed) > 0;

/**
 * Every upgrade there is. The archives say what is a security upgrade and say no more of how severe it is, so severity
 * has two words only.
 *
 * @param simulated what the next run would upgrade
 */
export function upgradesOf(
  installed: readonly InstalledPackage[],
  policies: readonly PackagePolicy[],
  simulated: ReadonlySet<string>,
): readonly Patch[] {
  const byName = new Map(installed.map((one) => [one.name, one]));
  return policies.flatMap((policy) => {
    const own = byName.get(policy.name);
    if (!hasUpgrade(policy) || own === undefined) return [];
    const isSecurity = isSecurityUpgrade(policy);
    return {
      name: policy.name,
      current_version: policy.installed ?? '',
      available_version: policy.candidate ?? '',
      severity: isSecurity ? 'high' : 'medium',
      description: own.summary,
      cve_ids: [],
      requires_reboot: isRebootPackage(policy.name),
      security: isSecurity,
      kept_back: own.isHeld ? 'held' : simulated.has(policy.name) ? null : 'deferred',
    };
  });
}
