import { userEndpoints } from '@patchgate/contracts';
import type { Api } from '../api.js';
import { goodPassword } from '../names.js';
import type { Seen } from '../pages.js';
import { enrolSampleAgents } from './sample-agents.js';
import { addSampleChecks } from './sample-checks.js';
import { orderSampleJob } from './sample-job.js';
import { writeMeasurements } from './sample-measurements.js';

/** Name stem, groups, how many hosts, third byte of their addresses, system. */
const kinds = [
  ['shop-web', ['prod-web'], 14, 4, 'Debian 12.13'],
  ['pg-fra', ['prod-db'], 6, 9, 'Debian 12.13'],
  ['app-fra', ['prod-api'], 12, 5, 'Ubuntu 24.04.4'],
  ['cache-fra', ['prod-web', 'prod-api'], 4, 6, 'Debian 12.13'],
  ['erp-app', ['erp'], 5, 40, 'RHEL 9.7'],
  ['kafka-ams', ['streaming'], 6, 30, 'Ubuntu 24.04.4'],
  ['build', ['build'], 11, 60, 'Fedora 43'],
  ['vpn-gw', ['network'], 3, 0, 'Debian 12.13'],
  ['edge-lon', ['edge-lon'], 8, 51, 'Alpine 3.22'],
  ['gitlab', ['internal'], 2, 10, 'Debian 12.13'],
  ['printer', [], 1, 70, 'SLES 15'],
] as const;
const descriptions: Record<string, string> = {
  'prod-web': 'Shop front ends behind lb-fra',
  'prod-db': 'PostgreSQL, primary and replicas',
  'prod-api': 'Order and stock services',
  erp: 'Finance owns the windows',
  streaming: '',
  build: 'Runners, any time',
  network: 'Two at a time never',
  'edge-lon': 'London edge',
  internal: '',
};
const people = [
  ['omar', 'Omar Haddad', 'operator', ['prod-web', 'prod-api']],
  ['li.wei', 'Li Wei', 'operator', ['prod-db']],
  ['mira', 'Mira Kovač', 'viewer', ['prod-web']],
  ['jonas', 'Jonas Lindqvist', 'admin', []],
  ['noc', 'noc', 'viewer', ['network', 'edge-lon']],
] as const;

interface FleetSeen extends Seen {
  /** A host nothing watches. */
  bareHostId: string;
}

/**
 * An invented fleet: hosts, groups and people laid out through the API as a person would, and what agents and checks
 * report written beside them.
 *
 * @returns what the addresses of single pages need
 */
export async function layOutFleet(api: Api, dataDirectory: string): Promise<FleetSeen> {
  const groupIds = new Map<string, string>();
  for (const [name, description] of Object.entries(descriptions)) {
    groupIds.set(name, (await api.group(name, description)).id);
  }
  const idsOf = (names: readonly string[]): string[] => names.flatMap((name) => groupIds.get(name) ?? []);

  const hosts: { id: string; name: string; system: string }[] = [];
  for (const [stem, groups, count, network, system] of kinds) {
    for (let number = 1; number <= count; number += 1) {
      const name = `${stem}-${String(number).padStart(2, '0')}`;
      const address = `10.20.${network}.${10 + number}`;
      const { id } = await api.host(`${name}.nordwind.example`, address, idsOf(groups));
      hosts.push({ id, name, system });
    }
  }
  const troubled = hosts.find(({ name }) => name === 'shop-web-07');
  const checkIds = await addSampleChecks(api, troubled?.id ?? '');
  await writeMeasurements(dataDirectory, hosts, checkIds);

  await enrolSampleAgents(api, groupIds.get('prod-web') ?? '');

  for (const [username, display_name, role, groups] of people) {
    const person = await api.call(userEndpoints.create, {
      body: { username, display_name, role, password: goodPassword },
    });
    for (const groupId of idsOf(groups)) await api.join(groupId, person.id);
  }
  const bare = hosts.find(({ name }) => name === 'build-10');
  return {
    groupId: groupIds.get('prod-web') ?? '',
    hostId: troubled?.id ?? '',
    checkId: checkIds[2] ?? '',
    bareHostId: bare?.id ?? '',
    ...(await orderSampleJob(dataDirectory, hosts)),
  };
}
