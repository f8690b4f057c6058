import type { HostPackage, Patch } from '@patchgate/contracts/agent';

/** Told of what a package transaction says and how far it is. */
export interface TransactionEvents {
  readonly line: (text: string) => void;
  /** 0 to 100, of the step under way. */
  readonly percent: (percent: number) => void;
}

/** What one step of a transaction ended with. */
export interface StepResult {
  readonly exitCode: number;
  /** The last thing said that looks like the reason; null when it went well. */
  readonly error: string | null;
}

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** What the package system of a distribution must be able to do; each distribution's family has its own. */
export interface PackageSystem {
  readonly name: string;
  /** Every upgrade there is, in the order of names, those kept back too. */
  readonly patches: () => Promise<readonly Patch[]>;
  readonly installed: () => Promise<readonly HostPackage[]>;
  /** Installed or not; null for a name that nobody knows. */
  readonly find: (name: string) => Promise<HostPackage | null>;
  readonly versions: () => Promise<readonly PackageVersion[]>;
  /** When the index of packages was last fetched; null for never. */
  readonly indexReadAt: () => Promise<Date | null>;
  /** Whether no package is half installed. */
  readonly isClean: () => Promise<boolean>;
  readonly refresh: (events: TransactionEvents) => Promise<StepResult>;
  /** Ends what an interrupted transaction left. */
  readonly repair: (events: TransactionEvents) => Promise<StepResult>;
  /** @param names null is every upgrade that removes nothing */
  readonly upgrade: (names: readonly string[] | null, events: TransactionEvents) => Promise<StepResult>;
  /** Whether this upgrade has its effect only after a restart of the host. */
  readonly needsReboot: (name: string) => boolean;
}
