import 'reflect-metadata';
import { hostIdentity } from '@patchgate/contracts/agent';
import { SubjectAlternativeNameExtension, X509Certificate as ParsedCertificate } from '@peculiar/x509';
import { createPrivateKey, X509Certificate } from 'node:crypto';

import { isSignedBy } from './is-signed-by.js';
import { certificatesIn } from './pem.js';

interface Offered {
  readonly certificate: string;
  readonly authorities: string;
  readonly privateKey: string;
  readonly hostId: string;
  readonly now: Date;
}

/**
 * What is wrong with a certificate that is to become this agent's; null when it can be served. An agent that installs one
 * that its manager does not accept can be reached by nobody any more.
 */
export function objectionToOwn(offered: Offered): string | null {
  const [first] = certificatesIn(offered.certificate);
  const authorities = readAll(certificatesIn(offered.authorities));
  if (first === undefined || authorities === null || authorities.length === 0) {
    return 'server_crt and ca_crt must be certificates in PEM';
  }
  const [certificate] = readAll([first]) ?? [];
  if (certificate === undefined) return 'server_crt: cannot be read';
  if (!certificate.checkPrivateKey(createPrivateKey(offered.privateKey))) {
    return 'server_crt: is not for the key that was asked for';
  }
  if (!isSignedBy(certificate, authorities)) return 'server_crt: signed by none of ca_crt';
  if (new Date(certificate.validTo) <= offered.now) return 'server_crt: has expired';
  const parsed = new ParsedCertificate(new Uint8Array(certificate.raw));
  const names = parsed.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  const own = hostIdentity(offered.hostId);
  return names.some(({ type, value }) => type === 'url' && value === own)
    ? null
    : `server_crt: lacks URI:${own}`;
}

function readAll(pems: readonly string[]): readonly X509Certificate[] | null {
  try {
    return pems.map((pem) => new X509Certificate(pem));
  } catch {
    // Not rethrown: unreadable is one of the answers.
    return null;
  }
}
