import { z } from 'zod';
import { line } from '../primitives.schema.js';

/** SHA-256 of a certificate in DER, lower-case hex. */
export const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * `POST /api/v1/enroll`. The public agent sends neither token nor request for a certificate: the manager makes its key,
 * and whoever approves it is the only one who vouches for it.
 */
export const enrollRequest = z.object({
  machine_id: z.string().regex(/^[0-9a-f]{32}$/),
  fqdn: line(253),
  ip_address: z.ipv4(),
  os_details: z.record(z.string().max(64), z.unknown()).default({}),
  hostname: line(253).nullish(),
  /** One use, from `patchgate agent token create` or the page of agents. */
  token: z.string().max(200).optional(),
  /** PKCS#10 in PEM (RFC 2986); its key never leaves the host. */
  csr: z.string().max(8_192).optional(),
  agent_port: z.int().min(1).max(65_535).optional(),
  agent_version: line(100).optional(),
});
export type EnrollRequest = z.infer<typeof enrollRequest>;

export const enrollAccepted = z.object({ polling_token: z.string() });

/** `GET /api/v1/enroll/status/{token}`: always 200, because every other status is retried without looking at the body. */
export const enrollStatus = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending') }),
  z.object({ status: z.literal('denied') }),
  z.object({ status: z.literal('notfound') }),
  z.object({
    status: z.literal('approved'),
    /** The id the host has from now on, and which its certificate carries. */
    host_id: z.string(),
    ca_crt: z.string(),
    server_crt: z.string(),
    /** Empty where the agent made its own key. */
    server_key: z.string(),
    ca_chain: z.string().default(''),
    crl_pem: z.string().default(''),
    repo_config: z.null().default(null),
  }),
]);
export type EnrollStatus = z.infer<typeof enrollStatus>;
