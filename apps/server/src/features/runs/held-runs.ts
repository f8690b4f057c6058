import type { DataSource } from 'typeorm';
import { isDatabaseUnavailable } from '../../platform/database/failure.js';
import type { Claim } from './claim-due-runs.js';
import { GatheredWrites } from './gathered-writes.js';
import { giveBackRuns, renewLeases } from './renew-leases.js';

/** What this worker has claimed: held by renewing the leases, and given back as soon as it is done with. */
export class HeldRuns {
  readonly #held = new Map<string, Claim>();
  readonly #giveBacks: GatheredWrites<Claim, undefined>;

  constructor(private readonly dataSource: DataSource) {
    this.#giveBacks = new GatheredWrites({
      write: async (claims) => {
        await giveBackRuns(dataSource.manager, claims);
        return claims.map(() => undefined);
      },
      most: 1_000,
      isHopeless: isDatabaseUnavailable,
    });
  }

  get all(): readonly Claim[] {
    return [...this.#held.values()];
  }

  add(claim: Claim): void {
    this.#held.set(claim.id, claim);
  }

  /** Somebody else's by now, or given back with what was written: the lease is no more to be renewed. */
  forget({ id, fence }: Claim): void {
    if (this.#held.get(id)?.fence === fence) this.#held.delete(id);
  }

  /**
   * Nothing for what was forgotten before.
   *
   * @throws what the database throws; the lease ends by itself then
   */
  async giveBack(claim: Claim): Promise<void> {
    if (this.#held.get(claim.id)?.fence !== claim.fence) return;
    this.forget(claim);
    await this.#giveBacks.add(claim);
  }

  /** What was taken away is forgotten; whoever works on it finds out when he writes. */
  async renew(): Promise<void> {
    const claims = this.all;
    if (claims.length === 0) return;
    const ours = await renewLeases(this.dataSource.manager, claims);
    for (const claim of claims) if (!ours.has(claim.id)) this.forget(claim);
  }

  /** All that is left, because this worker stops. */
  async giveBackAll(): Promise<void> {
    const claims = this.all;
    this.#held.clear();
    await giveBackRuns(this.dataSource.manager, claims);
  }
}
