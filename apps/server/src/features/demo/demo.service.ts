import { Inject, Injectable } from '@nestjs/common';
import type { DemoFaultView } from '@patchgate/contracts';
import { AppError, notFound } from '../../platform/app-error.js';
import type { Principal } from '../../platform/http/caller.js';
import { HostService } from '../hosts/host.service.js';
import { callSimulator } from './call-simulator.js';
import type { DemoFile } from './demo-file.js';

export const DEMO_FILE = Symbol('DEMO_FILE');

/** What a person may do to the simulated hosts. The simulator forgets when it is started again, and so does this. */
@Injectable()
export class DemoService {
  readonly #repaired = new Set<string>();

  constructor(
    @Inject(DEMO_FILE) private readonly demo: DemoFile,
    private readonly hosts: HostService,
  ) {}

  async faults(viewer: Principal): Promise<DemoFaultView[]> {
    const seen = await Promise.all(this.demo.faults.map((fault) => this.#seen(viewer, fault)));
    return seen.filter((fault) => fault !== null);
  }

  async repair(viewer: Principal, hostId: string): Promise<void> {
    await this.hosts.get(viewer, hostId);
    const fault = this.demo.faults.find(({ host_id }) => host_id === hostId);
    if (!fault) throw notFound();
    const status = await callSimulator(
      this.demo.control_port,
      `/hosts/${hostId}/services/${encodeURIComponent(fault.service)}/start`,
    );
    if (status !== 204) throw new Error(`the simulated hosts answered ${status}`);
    this.#repaired.add(hostId);
  }

  async #seen(
    viewer: Principal,
    { host_id, service }: DemoFile['faults'][number],
  ): Promise<DemoFaultView | null> {
    try {
      const { fqdn } = await this.hosts.get(viewer, host_id);
      return { host_id, fqdn, service, is_repaired: this.#repaired.has(host_id) };
    } catch (error) {
      // A host of somebody else's, or one that was deleted in the demo.
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    }
  }
}
