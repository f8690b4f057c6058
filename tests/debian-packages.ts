import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Makes sure that programs of Debian packages are there: installed by apt when the tests run as root.
 *
 * @returns why they are not there and cannot be, or null
 * @throws Error when root could not install them
 */
export function missingPrograms(programs: readonly string[], packages: readonly string[]): string | null {
  const isThere = () => programs.every((file) => existsSync(file));
  if (isThere()) return null;
  if (process.getuid?.() !== 0) return `only root can install ${packages.join(' and ')}`;
  const command = `apt-get update -q && apt-get install -qy --no-install-recommends ${packages.join(' ')}`;
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (status === 0 && isThere()) return null;
  throw new Error(`apt could not install ${packages.join(' ')}: ${stderr}`);
}
