import type { PatchReading } from '@patchgate/agent-client';
import type { PackageChange } from './order-of-run.js';

/**
 * What became of the packages of an order. One that is not to be upgraded any more has the version that was wanted; of one
 * that still is, what it has now is told where the agent tells it.
 *
 * @param patches what the host says could be upgraded now
 */
export function withVersionsAfter(
  changes: readonly PackageChange[],
  patches: readonly Pick<PatchReading, 'name' | 'current_version'>[],
): PackageChange[] {
  const pending = new Map(patches.map((patch) => [patch.name, patch]));
  return changes.map((change) => {
    const left = pending.get(change.name);
    return { ...change, after: left ? left.current_version : change.wanted };
  });
}
