import type { DemoHost, DemoPorts } from './demo-host.js';
import type { EnrolledHost } from './enrol-demo-host.js';
import { pendingPackage } from './demo-packages.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface FleetSettings {
  readonly hosts: readonly EnrolledHost[];
  readonly ports: DemoPorts;
  readonly controlPort: number;
  readonly authority: string;
  readonly now: Date;
}

/** What the simulator is told: `demoFleet` of apps/fleet-sim reads it. */
export const fleetFile = ({ hosts, ports, controlPort, authority, now }: FleetSettings) => ({
  control_port: controlPort,
  manager_authority: authority,
  agents: hosts.map((host) => agentOf(host, ports)),
  fronts: hosts.flatMap(({ id, plan }) => frontsOf(id, plan, { ports, now })),
});

const agentOf = ({ id, plan, pair }: EnrolledHost, ports: DemoPorts) => ({
  ...{ host_id: id, hostname: plan.fqdn, address: plan.address, port: ports.agent, pair },
  ...{ system: plan.system, up_for_ms: plan.upDays * dayMs, pending_reboot: plan.pendingReboot },
  script: {
    ...{ services: plan.services, patches: plan.pending.map(pendingPackage) },
    ...{ run_ms: plan.runSeconds * 1000, tells_steps: true, is_down: plan.isAgentDown, reboot_ms: 8_000 },
  },
});

const frontsOf = (hostId: string, plan: DemoHost, { ports, now }: { ports: DemoPorts; now: Date }) =>
  plan.fronts.map(({ endsInHours, ...front }) => ({
    ...{ host_id: hostId, address: plan.address, port: ports[front.kind] },
    ...front,
    ...(endsInHours !== undefined && {
      valid_to: new Date(now.getTime() + endsInHours * hourMs).toISOString(),
    }),
  }));
