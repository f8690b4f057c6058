import { compareVersions } from './compare-versions.js';
import type { Archive, PackagePolicy } from './policy.js';

/** Debian labels its security archive; Ubuntu, its ESM and most derivatives name the suite so. */
export function isSecurityArchive({ label, suite, codename }: Archive): boolean {
  return label === 'Debian-Security' || /-security$/.test(suite) || /-security$/.test(codename);
}

/**
 * Whether an upgrade to the candidate brings a version from a security archive: the candidate itself or one it passes
 * over, because a later version from the ordinary archive contains that correction too.
 */
export function isSecurityUpgrade({ installed, candidate, versions }: PackagePolicy): boolean {
  if (installed === null || candidate === null) return false;
  return versions.some(
    ({ version, archives }) =>
      compareVersions(version, installed) > 0 &&
      compareVersions(version, candidate) <= 0 &&
      archives.some(isSecurityArchive),
  );
}
