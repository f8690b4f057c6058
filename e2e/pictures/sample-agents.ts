import { enrollmentEndpoints, enrollmentTokenEndpoints, pkiEndpoints } from '@patchgate/contracts';
import type { Api } from '../api.js';

/** Of a key that is nobody's; an agent of ours makes such a request, the public one makes none. */
const csr = `-----BEGIN CERTIFICATE REQUEST-----
MIHKMHICAQAwEDEOMAwGA1UEAwwFYWdlbnQwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAATYAxnsJEVfWFKA86bZu63kDvyjrDCRvcL5yJEvm4c4uGEPDHW64MXF1m9P
ei/LdV34cXGnh/WGiU6rkD5UYItQoAAwCgYIKoZIzj0EAwIDSAAwRQIhAOjDtbP8
tqEcHtTv+lKgENiC6SRdLqvfenbRVafgScXAAiBF5zw7iYJl60C56ma3V0Py1GHn
p4qovosibu12NWLL3Q==
-----END CERTIFICATE REQUEST-----
`;
const ours = { csr, agent_version: '0.1.0' };
const machineId = '4c4c4544004d3510805ab4c04f503132';

/** Agents that wait, one in each way there is, and hosts that have a certificate already. */
export async function enrolSampleAgents(api: Api, groupId: string): Promise<void> {
  await api.enrol({
    fqdn: 'kiosk-01.nordwind.example',
    ip_address: '10.20.4.40',
    machine_id: machineId,
    ...ours,
  });
  const [first] = (await api.call(enrollmentEndpoints.list, { query: {} })).items;
  if (first === undefined) throw new Error('nobody waits');
  await api.call(enrollmentEndpoints.approve, { params: { id: first.id }, body: { group_ids: [groupId] } });
  const { items: hosts } = await api.list('gitlab');
  for (const { id } of hosts) await api.call(pkiEndpoints.issueBundle, { params: { id } });

  await api.enrol({ fqdn: 'kiosk-02.nordwind.example', ip_address: '10.20.4.25', ...ours }, groupId);
  await api.enrol({
    fqdn: 'kiosk-03.nordwind.example',
    ip_address: '10.20.4.26',
    machine_id: machineId,
    ...ours,
  });
  await api.call(enrollmentEndpoints.request, {
    body: {
      ...{ fqdn: 'probe-lab', ip_address: '10.20.70.90', machine_id: '00'.repeat(16) },
      os_details: { name: 'alpine', version: '3.22.1' },
    },
  });
  for (const group_id of [groupId, null])
    await api.call(enrollmentTokenEndpoints.create, { body: { group_id } });
}
