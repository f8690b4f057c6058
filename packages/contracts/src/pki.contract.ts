import { z } from 'zod';
import { endpoint } from './endpoint.js';
import { cursor, id, idParams, instant, listOf, pageLimit } from './primitives.schema.js';

/** One PEM text (RFC 7468). */
const pem = (label: string) =>
  z.string().regex(new RegExp(`^-----BEGIN ${label}-----\\n[\\w+/=\\n]+\\n-----END ${label}-----\\n?$`));

const certificate = pem('CERTIFICATE');

const example = `-----BEGIN CERTIFICATE-----
MIIBvjCCAWWgAwIBAgIQZ1pXyYb0c2mQm5o7cT3y4jAKBggqhkjOPQQDAjAaMRgw
-----END CERTIFICATE-----
`;
const listExample = `-----BEGIN X509 CRL-----
MIHSMHoCAQEwCgYIKoZIzj0EAwIwLzEtMCsGA1UEAwwkUGF0Y2hnYXRlIENBIDAx
-----END X509 CRL-----
`;
const keyExample = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg
-----END PRIVATE KEY-----
`;

/** What is between manager and agents: the certificate of an agent, or the one the manager shows to agents. */
export const agentCertificate = z
  .object({
    id,
    kind: z.enum(['manager', 'agent']),
    /** Null for the manager's. */
    host: z.object({ id, fqdn: z.string() }).nullable(),
    /** Lower-case hex. */
    serial: z.string(),
    /** SHA-256 of the certificate, lower-case hex. */
    fingerprint: z.string(),
    not_before: instant,
    not_after: instant,
  })
  .meta({ id: 'AgentCertificate' });
export type AgentCertificateView = z.infer<typeof agentCertificate>;

export const certificateBundle = z
  .object({
    host_id: id,
    serial: z.string(),
    not_after: instant,
    ca_crt: certificate,
    server_crt: certificate,
    server_key: pem('PRIVATE KEY'),
    crl_pem: pem('X509 CRL'),
  })
  .meta({ id: 'CertificateBundle' });
export type CertificateBundleView = z.infer<typeof certificateBundle>;

const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const serial = '5f0c9d0e6d3f4a1b8c2d7e6f5a4b3c2d';
const notAfter = '2027-03-26T01:47:12.000Z';

export const pkiEndpoints = {
  authority: endpoint({
    method: 'GET',
    path: '/pki/ca.pem',
    summary:
      "The certificate of Patchgate's own authority; compare its fingerprint with the one printed at the start",
    access: 'public',
    mediaType: 'application/pem-certificate-chain',
    response: certificate,
    status: 200,
    example: { response: example },
  }),
  revocationList: endpoint({
    method: 'GET',
    path: '/pki/crl.pem',
    summary: 'The revoked certificates of agents, signed by the authority; a new list every 12 hours',
    access: 'public',
    mediaType: 'application/x-pem-file',
    response: pem('X509 CRL'),
    status: 200,
    example: { response: listExample },
  }),
  listCertificates: endpoint({
    method: 'GET',
    path: '/admin/agent-certificates',
    summary: 'Lists the certificates in use between manager and agents, the next to end first',
    access: 'admin',
    query: z.strictObject({ limit: pageLimit, cursor: cursor.optional() }),
    response: listOf(agentCertificate),
    status: 200,
    example: {
      response: {
        items: [
          {
            id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c50',
            kind: 'agent' as const,
            host: { id: hostId, fqdn: 'shop-web-07.example.org' },
            serial,
            fingerprint: '9b'.repeat(32),
            not_before: '2026-03-26T01:42:12.000Z',
            not_after: notAfter,
          },
        ],
        next_cursor: null,
        total: 1,
      },
    },
  }),
  revokeCertificate: endpoint({
    method: 'DELETE',
    path: '/admin/agent-certificates/:id',
    summary: 'Revokes a certificate: the manager refuses it at once, agents when they fetch the next list',
    access: 'admin',
    params: idParams,
    response: null,
    status: 204,
    example: { response: null },
  }),
  issueBundle: endpoint({
    method: 'POST',
    path: '/hosts/:id/certificate',
    summary:
      'Makes a key and a certificate for an agent that cannot ask for them; the key is shown this once',
    access: 'admin',
    params: idParams,
    response: certificateBundle,
    status: 200,
    example: {
      response: {
        ...{ host_id: hostId, serial, not_after: notAfter, ca_crt: example, server_crt: example },
        ...{ server_key: keyExample, crl_pem: listExample },
      },
    },
  }),
};
