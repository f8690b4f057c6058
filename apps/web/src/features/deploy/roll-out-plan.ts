export interface PlannedBatch {
  /** 0 is the canary. */
  batch: number;
  hosts: number;
}

interface RollOutFields {
  canary: number;
  batchSize: number | null;
}

/** How the hosts that can start fall into the canary and batches. */
export function rollOutPlan(hosts: number, { canary, batchSize }: RollOutFields): PlannedBatch[] {
  const first = Math.min(canary, hosts);
  const rest = hosts - first;
  const size = batchSize ?? Math.max(rest, 1);
  const batches = Array.from({ length: Math.ceil(rest / size) }, (_, index) => ({
    batch: index + 1,
    hosts: Math.min(size, rest - index * size),
  }));
  return first === 0 ? batches : [{ batch: 0, hosts: first }, ...batches];
}

/** `Canary 2 hosts, then 4 batches of at most 8`. */
export function planInWords(plan: readonly PlannedBatch[]): string {
  const canary = plan.find(({ batch }) => batch === 0);
  const batches = plan.filter(({ batch }) => batch > 0);
  const largest = Math.max(0, ...batches.map(({ hosts }) => hosts));
  const rest =
    batches.length === 0
      ? null
      : batches.length === 1
        ? `one batch of ${largest}`
        : `${batches.length} batches of at most ${largest}`;
  if (canary === undefined) return rest ?? 'No host';
  const first = `Canary ${canary.hosts} ${canary.hosts === 1 ? 'host' : 'hosts'}`;
  return rest === null ? first : `${first}, then ${rest}`;
}
