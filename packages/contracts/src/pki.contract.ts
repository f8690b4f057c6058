import { z } from 'zod';
import { endpoint } from './endpoint.js';

/** One PEM certificate (RFC 7468, section 5). */
const certificate = z
  .string()
  .regex(/^-----BEGIN CERTIFICATE-----\n[\w+/=\n]+\n-----END CERTIFICATE-----\n?$/);

const example = `-----BEGIN CERTIFICATE-----
MIIBvjCCAWWgAwIBAgIQZ1pXyYb0c2mQm5o7cT3y4jAKBggqhkjOPQQDAjAaMRgw
-----END CERTIFICATE-----
`;

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
};
