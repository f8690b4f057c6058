import { compareVersions } from '../packages/apt/compare-versions.js';

/**
 * Whether a newer kernel of the running one's flavour lies in /boot: Debian writes the marker file only where
 * somebody installed the program that does so.
 *
 * @param running release as `uname -r` says it, such as 6.1.0-28-amd64
 * @param files names in /boot
 */
export function hasNewerKernel(running: string, files: readonly string[]): boolean {
  const flavour = flavourOf(running);
  return files
    .filter((file) => file.startsWith('vmlinuz-'))
    .map((file) => file.slice('vmlinuz-'.length))
    .some((release) => flavourOf(release) === flavour && compareVersions(release, running) > 0);
}

/** Such as `amd64`, `cloud-amd64`, `generic`: what remains behind the numbers. */
const flavourOf = (release: string): string => /-([a-z].*)$/.exec(release)?.[1] ?? '';
