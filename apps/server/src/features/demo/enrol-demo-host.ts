import type { Caller } from '../../platform/http/caller.js';
import { knowFacts } from './demo-facts.repository.js';
import type { DemoHost, DemoPorts } from './demo-host.js';
import { pendingPackage } from './demo-packages.js';
import type { DemoServices } from './demo-services.js';

export interface EnrolledHost {
  readonly id: string;
  readonly plan: DemoHost;
  /** PEM. */
  readonly pair: { readonly cert: string; readonly key: string };
}

/** A host with the certificate of its agent, which has told what it knows before. */
export async function enrol(
  { hosts, certificates, dataSource }: DemoServices,
  caller: Caller,
  { host, ports, groupId }: { host: DemoHost; ports: DemoPorts; groupId: string },
): Promise<EnrolledHost> {
  const { fqdn, address, system, pending, isAgentDown } = host;
  const given = { fqdn, address, agent_port: ports.agent, group_ids: [groupId] };
  const { id } = await hosts.create(caller, given);
  const { row, privateKey } = await certificates.issueBundle(caller, id);
  const patches = pending.map(pendingPackage);
  await knowFacts(dataSource.manager, [
    {
      ...{ host_id: id, ...system, agent_status: isAgentDown ? 'unreachable' : 'connected' },
      patches_total: patches.length,
      patches_security: patches.filter(({ security }) => security).length,
      seen_ago: isAgentDown ? 2 * 3600 : 20,
    },
  ]);
  return { id, plan: host, pair: { cert: row.certificate, key: privateKey ?? '' } };
}
