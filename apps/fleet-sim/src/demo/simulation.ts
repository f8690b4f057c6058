import { Fleet } from '../agents/fleet.js';
import type { Ledger } from '../agents/ledger.js';
import type { Pair } from '../agents/identity.js';
import type { DemoFleet } from './demo-fleet.schema.js';
import { Front } from './front.js';

/** The agents of the demo and what their hosts show to the network: one state of services stands behind both. */
export class Simulation {
  private constructor(
    private readonly fleet: Fleet,
    private readonly services: ReadonlyMap<string, Map<string, boolean>>,
    private readonly fronts: readonly Front[],
  ) {}

  static async start(
    { agents, fronts, manager_authority }: DemoFleet,
    pairs: ReadonlyMap<string, Pair>,
    { ledger, now }: { ledger: Ledger; now: Date },
  ): Promise<Simulation> {
    const fleet = await Fleet.create(ledger, now);
    await fleet.obey({ command: 'start', agents, manager_authority });
    const services = new Map(
      agents.map(({ host_id, script }) => [host_id, new Map(Object.entries(script.services ?? {}))]),
    );
    const isUp = (hostId: string) => (service: string) => services.get(hostId)?.get(service) === true;
    const opened = fronts.map((plan) => new Front(plan, isUp(plan.host_id), pairs.get(plan.address)));
    await Promise.all(opened.map((front) => front.follow()));
    return new Simulation(fleet, services, opened);
  }

  /** @returns whether there is such a service on such a host */
  async startService(hostId: string, service: string): Promise<boolean> {
    const services = this.services.get(hostId);
    if (services?.has(service) !== true) return false;
    services.set(service, true);
    const script = { services: Object.fromEntries(services) };
    await this.fleet.obey({ command: 'script', host_id: hostId, script });
    for (const front of this.fronts) if (front.hostId === hostId) await front.follow();
    return true;
  }
}
