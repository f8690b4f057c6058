import { ProgramMissing } from '../platform/run-program.js';
import type { RunProgram } from '../platform/run-program.js';
import { AptSystem } from './apt/apt-system.js';
import type { PackageSystemOptions } from './package-system-options.js';
import type { PackageSystem } from './package-system.port.js';

interface Candidate {
  readonly program: string;
  readonly make: (options: PackageSystemOptions) => PackageSystem;
}

/** Another distribution's family is one line here and a folder beside `apt`. */
const candidates: readonly Candidate[] = [{ program: 'apt-get', make: (options) => new AptSystem(options) }];

export const lookedFor: string = candidates.map(({ program }) => program).join(', ');

/** @returns null where this agent knows none of the host's package systems */
export async function findPackageSystem(options: PackageSystemOptions): Promise<PackageSystem | null> {
  for (const { program, make } of candidates) {
    if (await isThere(program, options.run)) return make(options);
  }
  return null;
}

async function isThere(program: string, run: RunProgram): Promise<boolean> {
  try {
    await run(program, ['--version']);
    return true;
  } catch (error) {
    if (error instanceof ProgramMissing) return false;
    throw error;
  }
}
