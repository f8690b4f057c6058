import type { PatchReading } from '@patchgate/agent-client';

/**
 * How many patches are about security; null when the agent does not tell of each. The public agent tells a severity
 * only, which it guesses from the name of the package (a library is "high"), so neither its words nor a count of them is
 * taken for the truth, and no list at all is a count of zero.
 */
export function countSecurity(patches: readonly Pick<PatchReading, 'security'>[]): number | null {
  if (patches.some(({ security }) => security === null)) return null;
  return patches.filter(({ security }) => security === true).length;
}
