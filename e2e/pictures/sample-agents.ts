import { enrollmentEndpoints, enrollmentTokenEndpoints, pkiEndpoints } from '@patchgate/contracts';
import type { Api } from '../api.js';

const machineId = '4c4c4544004d3510805ab4c04f503132';

/** Agents that wait, one in each way there is, and hosts that have a certificate already. */
export async function enrolSampleAgents(api: Api, groupId: string): Promise<void> {
  await api.enrol({ fqdn: 'shop-web-14b.nordwind.example', ip_address: '10.20.4.40', machine_id: machineId });
  const [first] = (await api.call(enrollmentEndpoints.list, { query: {} })).items;
  if (first === undefined) throw new Error('nobody waits');
  await api.call(enrollmentEndpoints.approve, { params: { id: first.id }, body: { group_ids: [groupId] } });
  const { items: hosts } = await api.list('gitlab');
  for (const { id } of hosts) await api.call(pkiEndpoints.issueBundle, { params: { id } });

  await api.enrol({ fqdn: 'shop-web-15.nordwind.example', ip_address: '10.20.4.25' }, groupId);
  await api.enrol({ fqdn: 'shop-web-16.nordwind.example', ip_address: '10.20.4.26', machine_id: machineId });
  await api.call(enrollmentEndpoints.request, {
    body: {
      ...{ fqdn: 'probe-lab', ip_address: '10.20.70.90', machine_id: '00'.repeat(16) },
      os_details: { name: 'alpine', version: '3.22.1' },
    },
  });
  for (const group_id of [groupId, null])
    await api.call(enrollmentTokenEndpoints.create, { body: { group_id } });
}
