import { EnrolmentError } from './enrolment-error.js';

/** `pge_`, 256 random bits, a dot, the SHA-256 of the authority's certificate; both in base64url. */
const TOKEN = /^pge_[\w-]{43}\.([\w-]{43})$/;

/** @returns the fingerprint of the authority that the token was made under, base64url */
export function fingerprintIn(token: string): string {
  const fingerprint = TOKEN.exec(token.trim())?.[1];
  if (fingerprint === undefined) {
    throw new EnrolmentError(
      '--token: expected pge_….…; copy the whole token, it may be broken over two lines',
    );
  }
  return fingerprint;
}
