import { keptBackReasons } from '@patchgate/contracts/agent';
import { z } from 'zod';
import { optionalFlag, optionalText, text, tolerantList } from './hostile-text.js';

/** More than any host has. */
const mostPatches = 20_000;
/** The public agent tells the new version as the current one, and the architecture as the new version. */
const architectures = new Set([
  ...['all', 'amd64', 'arm64', 'armel', 'armhf', 'i386', 'i686', 'mips64el', 'mipsel', 'noarch'],
  ...['ppc64el', 'ppc64le', 'riscv64', 's390x', 'x86_64', 'aarch64'],
]);

const patch = z
  .object({
    name: text(256).refine((name) => name !== ''),
    current_version: optionalText(128),
    available_version: optionalText(128),
    severity: optionalText(20),
    security: optionalFlag,
    requires_reboot: optionalFlag,
    /** Why the next run would not make this upgrade; null where it would, or where the agent does not say. */
    kept_back: z.enum(keptBackReasons).nullish().catch(null).default(null),
  })
  .transform(({ current_version, available_version, ...given }) => {
    const isShifted =
      available_version !== null && architectures.has(available_version.replace(/[\][]/g, ''));
    return {
      ...given,
      // What the host has now is then not told, and not guessed.
      current_version: isShifted ? null : current_version,
      available_version: isShifted ? current_version : available_version,
    };
  });

/** What can be upgraded on a host. */
export const patchesReader = z.object({
  patches: tolerantList(patch, mostPatches),
  requires_reboot: optionalFlag,
});
export type PatchReading = z.output<typeof patch>;
