import { X509Certificate, createHash } from 'node:crypto';

/** SHA-256 of a PEM certificate, written as browsers and openssl write it. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256;

/** The same as it is stored and compared: lower-case hex. */
export const hexFingerprintOf = (certificate: string): string => digestOf(certificate).toString('hex');

/** The same in the letters of an enrolment token. */
export const tokenFingerprintOf = (certificate: string): string =>
  digestOf(certificate).toString('base64url');

const digestOf = (certificate: string): Buffer =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest();
