import { X509Certificate } from 'node:crypto';

/** SHA-256 of a PEM certificate, written as browsers and openssl write it. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256;
