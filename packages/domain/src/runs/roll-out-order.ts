import type { PlannedWindow } from './plan-window.js';
import { batchOf } from './roll-out.js';

/** What decides about the place of a host in a roll-out. */
export interface Candidate {
  readonly fqdn: string;
  readonly window: PlannedWindow;
  /** Its checks are healthy and its agent answers, as far as is known: it will not be held up at its gate. */
  readonly looksReady: boolean;
}

interface Sizes {
  readonly canary: number;
  readonly batchSize: number | null;
}

export type Placed<Host> = Host & { readonly position: number; readonly batch: number };

/**
 * The order of a roll-out. The canary is taken from the hosts that look ready, those that can start first before others:
 * one that waits at its gate would hold up everything. The rest go as they can start, those that look ready first.
 */
export function rollOutOrder<Host extends Candidate>(hosts: readonly Host[], sizes: Sizes): Placed<Host>[] {
  const canary = hosts.toSorted(byReadiness).slice(0, sizes.canary);
  const isCanary = new Set<Host>(canary);
  const rest = hosts.filter((host) => !isCanary.has(host)).toSorted(byStart);
  return [...canary, ...rest].map((host, position) => ({
    ...host,
    position,
    batch: batchOf(position, sizes),
  }));
}

const byReadiness = (a: Candidate, b: Candidate): number =>
  ready(a) - ready(b) || a.window.startsAt - b.window.startsAt || byName(a, b);
const byStart = (a: Candidate, b: Candidate): number =>
  a.window.startsAt - b.window.startsAt || ready(a) - ready(b) || byName(a, b);
const ready = ({ looksReady }: Candidate): number => (looksReady ? 0 : 1);
const byName = (a: Candidate, b: Candidate): number => (a.fqdn < b.fqdn ? -1 : 1);

/** Hosts that a roll-out can never come to. */
export interface OutOfReach<Host> {
  /** The last host of the canary to begin. */
  readonly canary: Host;
  readonly hosts: readonly Host[];
}

/**
 * What windows make impossible: a host whose window has closed before the last of the canary can even begin.
 *
 * @param placed by `rollOutOrder`
 * @returns null when every host can have its turn
 */
export function outOfReach<Host extends Candidate>(
  placed: readonly Placed<Host>[],
): OutOfReach<Placed<Host>> | null {
  const canary = placed
    .filter(({ batch }) => batch === 0)
    .toSorted((a, b) => b.window.startsAt - a.window.startsAt)[0];
  if (!canary) return null;
  const hosts = placed.filter(({ batch, window }) => batch > 0 && window.closesAt <= canary.window.startsAt);
  return hosts.length === 0 ? null : { canary, hosts };
}

/**
 * Why runs of a new job do not start at once.
 *
 * @param placed by `rollOutOrder`
 * @returns a reason for each, null for those that only have to be looked at
 */
export function firstReasons(
  placed: readonly Placed<Candidate>[],
  { maxInFlight }: { readonly maxInFlight: number },
): (PlannedWindow['heldBy'] | 'batch_wait')[] {
  const openBatch = placed[0]?.batch ?? 0;
  let free = maxInFlight;
  return placed.map(({ batch, window }) => {
    if (window.heldBy !== null) return window.heldBy;
    if (batch > openBatch || free === 0) return 'batch_wait';
    free -= 1;
    return null;
  });
}
