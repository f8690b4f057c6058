import { runPayloadText } from '@patchgate/contracts/agent';
import type { RunOrder } from '@patchgate/contracts/agent';
import { createHash } from 'node:crypto';

/** What a job wants of each of its hosts. */
export interface Selection {
  readonly selection: 'all' | 'security' | 'named';
  /** For `named`. */
  readonly packages: readonly string[] | null;
  readonly exclude: readonly string[];
}

/** A pending upgrade of the host, as it was listed last. */
export interface PendingPatch {
  readonly name: string;
  readonly currentVersion: string | null;
  readonly availableVersion: string | null;
  /** Null where the agent does not say. */
  readonly security: boolean | null;
}

/** A package before the order, as the order wants it, and since; a null version is one that nobody told us. */
export interface PackageChange {
  readonly name: string;
  readonly before: string | null;
  readonly wanted: string | null;
  readonly after: string | null;
}

export type ResolvedOrder =
  | {
      readonly kind: 'upgrade';
      /** Null is everything, as the host itself sees it. */
      readonly packages: readonly string[] | null;
      readonly changes: readonly PackageChange[];
    }
  | { readonly kind: 'nothing_to_do'; readonly detail: string }
  | { readonly kind: 'cannot_tell'; readonly isRetryable: boolean; readonly detail: string };

/** More than an agent takes in one order; "everything" has no limit. */
const mostPackages = 5_000;

/**
 * What a job means for one host. Names come from the list of pending upgrades only: an agent may take a name that is not
 * installed for one to install.
 *
 * @param pending null when the host has never listed its patches
 */
export function orderOfRun(job: Selection, pending: readonly PendingPatch[] | null): ResolvedOrder {
  const isEverything = job.selection === 'all' && job.exclude.length === 0;
  if (isEverything) return { kind: 'upgrade', packages: null, changes: (pending ?? []).map(changeOf) };
  if (pending === null) {
    return { kind: 'cannot_tell', isRetryable: true, detail: 'its patches have not been listed yet' };
  }
  if (job.selection === 'security' && pending.some(({ security }) => security === null)) {
    const detail = 'its agent does not say which patches are about security: order all of them, or name them';
    return { kind: 'cannot_tell', isRetryable: false, detail };
  }
  const meant = pending.filter(isMeant(job));
  if (meant.length === 0) return { kind: 'nothing_to_do', detail: nothingOf(job) };
  if (meant.length > mostPackages) {
    const detail = `${meant.length} packages are more than an order can name`;
    return { kind: 'cannot_tell', isRetryable: false, detail };
  }
  const changes = meant.map(changeOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'upgrade', packages: changes.map(({ name }) => name), changes };
}

function isMeant({ selection, packages, exclude }: Selection): (patch: PendingPatch) => boolean {
  const excluded = new Set(exclude);
  const named = new Set(packages);
  return ({ name, security }) => {
    if (excluded.has(name)) return false;
    switch (selection) {
      case 'all':
        return true;
      case 'security':
        return security === true;
      case 'named':
        return named.has(name);
    }
  };
}

function nothingOf({ selection }: Selection): string {
  const left = 'there was nothing to do: ';
  switch (selection) {
    case 'all':
      return `${left}no upgrade is pending but those that were excluded`;
    case 'security':
      return `${left}no upgrade that is about security is pending`;
    case 'named':
      return `${left}no upgrade of the named packages is pending`;
  }
}

const changeOf = ({ name, currentVersion, availableVersion }: PendingPatch): PackageChange => ({
  ...{ name, before: currentVersion, wanted: availableVersion, after: null },
});

interface Ordered {
  readonly packages: readonly string[] | null;
  readonly allowReboot: boolean;
  readonly fence: number;
  readonly agentEpoch: string | null;
  readonly windowClosesAt: Date;
  readonly now: Date;
}

const longestValidMs = 86_400_000;

/**
 * The order for an agent that takes runs. The same run has the same payload whenever it is sent; only the fence and the
 * time that is left differ.
 *
 * @param windowClosesAt later than `now`
 */
export function orderFor(ordered: Ordered): RunOrder {
  const { packages, allowReboot, fence, agentEpoch, windowClosesAt, now } = ordered;
  const payload = {
    packages: packages === null ? null : [...packages],
    allow_reboot: allowReboot,
    reboot_delay_seconds: 0,
  };
  const not_after = windowClosesAt.toISOString();
  return {
    ...payload,
    payload_sha256: createHash('sha256').update(runPayloadText(payload)).digest('hex'),
    fence,
    ...(agentEpoch !== null && { agent_epoch: agentEpoch }),
    not_after,
    reboot_not_after: allowReboot ? not_after : null,
    // On the agent's own clock: one that is slow must not start what our window has closed on.
    valid_for_ms: Math.min(longestValidMs, windowClosesAt.getTime() - now.getTime()),
  };
}
