import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';

import { callManager } from '../manager-link/call-manager.js';
import { certificatesIn } from '../tls/pem.js';
import { EnrolmentError } from './enrolment-error.js';

/**
 * Fetches the certificate of the manager's authority from wherever that address leads, and believes it only when it is
 * the one that the token names. Nothing secret is sent before.
 *
 * @param fingerprint SHA-256 of the certificate, base64url
 * @returns PEM
 * @throws EnrolmentError, ManagerUnreachable
 */
export async function fetchAuthority(manager: URL, fingerprint: string): Promise<string> {
  const url = new URL('/api/v1/pki/ca.pem', manager);
  const { status, text } = await callManager({ url, authorities: null });
  if (status !== 200)
    throw new EnrolmentError(`${url.href} answered ${status}; is this a Patchgate manager?`);
  const found = certificatesIn(text).find((pem) => hasFingerprint(pem, fingerprint));
  if (found !== undefined) return found;
  throw new EnrolmentError(
    `the authority at ${manager.origin} is not the one the token was made under: somebody may stand in between, or the ` +
      'token belongs to another manager. The token was not sent.',
  );
}

function hasFingerprint(pem: string, fingerprint: string): boolean {
  const digest = createHash('sha256').update(new X509Certificate(pem).raw).digest();
  const expected = Buffer.from(fingerprint, 'base64url');
  return expected.length === digest.length && timingSafeEqual(digest, expected);
}
