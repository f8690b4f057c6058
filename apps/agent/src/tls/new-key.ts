import 'reflect-metadata';
import { hostIdentity } from '@patchgate/contracts/agent';
import {
  PemConverter,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export interface NewKey {
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** PKCS #10 in PEM (RFC 2986). */
  readonly request: string;
}

/**
 * A new P-256 key and the request for a certificate of it.
 *
 * @param commonName for those who look at the request; the manager decides what the certificate says
 * @param hostId null before the first certificate
 */
export async function makeKey(commonName: string, hostId: string | null): Promise<NewKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const extensions =
    hostId === null
      ? []
      : [new SubjectAlternativeNameExtension([{ type: 'url', value: hostIdentity(hostId) }])];
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [commonName.slice(0, 64)] }],
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions,
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
    request: `${request.toString('pem')}\n`,
  };
}
