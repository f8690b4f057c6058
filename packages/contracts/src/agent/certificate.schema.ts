import { z } from 'zod';

/**
 * `POST /api/v1/certificate/request`: the agent makes a new key and asks for a certificate for it; the old one serves on
 * until the answer is installed. For agents with the capability `renew-certificate`.
 */
export const certificateRequest = z.object({
  /** PKCS#10 in PEM (RFC 2986). */
  csr: z.string(),
});

/** `PUT /api/v1/certificate`: what the manager made of the last request. The agent serves it from its next connection on. */
export const certificateInstall = z.strictObject({
  server_crt: z.string().max(16_384),
  /** Every authority that may sign the manager's certificate from now on, concatenated PEM. */
  ca_crt: z.string().max(65_536),
});
export type CertificateInstall = z.infer<typeof certificateInstall>;
