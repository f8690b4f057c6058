import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';

import { uriNames } from './uri-names.js';

/** What a person wants to know about the certificate of a target. */
export interface CertificateFacts {
  /** Null when it is trusted, in its time and for this name. */
  readonly problem: string | null;
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339 UTC. */
  readonly valid_from: string;
  /** RFC 3339 UTC. */
  readonly valid_to: string;
  /** SHA-256, hexadecimal with colons. */
  readonly fingerprint: string;
}

const words: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_REVOKED: 'the certificate was revoked',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate comes from an authority that is not trusted',
  INVALID_PURPOSE: 'the certificate is not one for servers',
};

/** Whom the certificate must be for: by name or address, or by an identity in their place. */
interface Expected {
  readonly serverName: string;
  readonly identity: string | undefined;
}

/**
 * Judges what the handshake let through: the chain as the library found it, then the name (RFC 9525: alternative names
 * only, never the common name).
 */
export function judgeCertificate(socket: TLSSocket, expected: Expected): CertificateFacts {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate)
    return {
      problem: 'the server sent no certificate',
      subject: '',
      issuer: '',
      valid_from: '',
      valid_to: '',
      fingerprint: '',
    };
  const chain = socket.authorized ? null : codeOf(socket.authorizationError);
  return {
    problem:
      chain === null
        ? isFor(certificate, expected)
          ? null
          : `the certificate is not for ${expected.identity ?? expected.serverName}`
        : (words[chain] ?? chain),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    valid_from: new Date(certificate.validFrom).toISOString(),
    valid_to: new Date(certificate.validTo).toISOString(),
    fingerprint: certificate.fingerprint256,
  };
}

function isFor(certificate: X509Certificate, { serverName, identity }: Expected): boolean {
  if (identity !== undefined) return uriNames(certificate.subjectAltName ?? '').includes(identity);
  return isIP(serverName)
    ? certificate.checkIP(serverName) !== undefined
    : certificate.checkHost(serverName, { subject: 'never' }) !== undefined;
}

// Declared as an error, yet some versions hand over its code alone.
function codeOf(error: unknown): string {
  if (error instanceof Error)
    return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ').slice(0, 200);
