import type { Api } from '../api.js';
import { goodPassword } from '../names.js';

const groupNames = ['prod-web', 'prod-db', 'prod-api', 'erp', 'build', 'network', 'edge-lon', 'internal'];
const kinds = ['shop-web', 'pg-fra', 'app-fra', 'erp-app', 'build', 'vpn-gw', 'edge-lon', 'gitlab'];
const people = [
  ['omar', 'operator'],
  ['li.wei', 'operator'],
  ['mira', 'viewer'],
  ['jonas', 'admin'],
] as const;
const hostsPerGroup = 9;

/** An invented fleet, laid out through the API as a person would. @returns what the addresses of single pages need */
export async function layOutFleet(api: Api): Promise<{ groupId: string; hostId: string }> {
  const groupIds: string[] = [];
  const hostIds: string[] = [];
  for (const name of groupNames) groupIds.push((await api.group(name)).id);
  for (let index = 0; index < hostsPerGroup * groupIds.length; index += 1) {
    const kind = index % kinds.length;
    const number = String(1 + Math.floor(index / kinds.length)).padStart(2, '0');
    const fqdn = `${kinds[kind] ?? ''}-${number}.nordwind.example`;
    const host = await api.host(fqdn, `10.20.${kind}.${10 + index}`, [groupIds[kind] ?? '']);
    hostIds.push(host.id);
  }
  for (const [index, [name, role]] of people.entries()) {
    const person = await api.user(name, role, goodPassword);
    await api.join(groupIds[index % 2] ?? '', person.id);
  }
  return { groupId: groupIds[0] ?? '', hostId: hostIds[0] ?? '' };
}
