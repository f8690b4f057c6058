import type { RunReport } from '@patchgate/contracts/agent';

import type { PackageSystem, PackageVersion, StepResult } from '../../packages/package-system.port.js';

interface TransactionParts {
  readonly system: PackageSystem;
  readonly packages: readonly string[] | null;
  readonly log: (line: string) => void;
  readonly progress: (phase: RunReport['phase'], percent: number) => Promise<void>;
  /** Asked right before packages are changed; false when the run was cancelled. */
  readonly mayChange: () => Promise<boolean>;
  readonly isHostWaiting: () => Promise<boolean>;
}

export type TransactionOutcome =
  { kind: 'cancelled' } | { kind: 'ended'; exitCode: number; error: string | null; isRebootNeeded: boolean };

/** The steps of a run, from the index of packages to the check of what came out. */
export async function performTransaction(parts: TransactionParts): Promise<TransactionOutcome> {
  const { system, packages, log, progress, mayChange } = parts;
  const step = async (phase: RunReport['phase'], run: (events: StepEvents) => Promise<StepResult>) => {
    await progress(phase, 0);
    return await run({ line: log, percent: (percent) => void progress(phase, percent) });
  };
  const refreshed = await step('refreshing', (events) => system.refresh(events));
  if (refreshed.exitCode !== 0) return ended(refreshed, 'the package index was not refreshed', false);
  if (!(await mayChange())) return { kind: 'cancelled' };
  const before = await system.versions();
  const repaired = await step('upgrading', (events) => system.repair(events));
  const upgraded =
    repaired.exitCode === 0
      ? await step('upgrading', (events) => system.upgrade(packages, events))
      : repaired;
  await progress('checking', 0);
  const changed = changes(before, await system.versions());
  for (const { name, from, to } of changed) log(`${name}: ${from ?? 'not installed'} -> ${to}`);
  const isClean = await system.isClean();
  const isRebootNeeded =
    changed.some(({ name }) => system.needsReboot(name)) || (await parts.isHostWaiting());
  const checked =
    upgraded.exitCode === 0 && !isClean
      ? { exitCode: 1, error: 'packages are left half installed (dpkg --audit)' }
      : upgraded;
  return ended(checked, 'the package transaction failed', isRebootNeeded);
}

interface StepEvents {
  readonly line: (text: string) => void;
  readonly percent: (percent: number) => void;
}

function ended({ exitCode, error }: StepResult, what: string, isRebootNeeded: boolean): TransactionOutcome {
  const text = exitCode === 0 ? null : `${what}: ${error ?? `exit code ${exitCode}`}`;
  return { kind: 'ended', exitCode, error: text, isRebootNeeded };
}

function changes(before: readonly PackageVersion[], after: readonly PackageVersion[]) {
  const old = new Map(before.map(({ name, version }) => [name, version]));
  return after
    .filter(({ name, version }) => old.get(name) !== version)
    .map(({ name, version }) => ({ name, from: old.get(name) ?? null, to: version }));
}
