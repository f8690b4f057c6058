import type { AgentCertificateView, CertificateBundleView } from '@patchgate/contracts';
import type { ListedCertificate } from './agent-certificate.repository.js';
import type { IssuedToAgent } from './agent-certificate.service.js';

export const agentCertificateView = (row: ListedCertificate): AgentCertificateView => ({
  id: row.id,
  kind: row.kind,
  host: row.host_id === null || row.fqdn === null ? null : { id: row.host_id, fqdn: row.fqdn },
  serial: row.serial,
  fingerprint: row.fingerprint,
  not_before: row.not_before.toISOString(),
  not_after: row.not_after.toISOString(),
});

export const certificateBundleView = (
  hostId: string,
  { row, privateKey, authority }: IssuedToAgent,
  crl: string,
): CertificateBundleView => ({
  host_id: hostId,
  serial: row.serial,
  not_after: row.not_after.toISOString(),
  ca_crt: authority,
  server_crt: row.certificate,
  server_key: privateKey ?? '',
  crl_pem: crl,
});
