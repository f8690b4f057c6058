import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, in letters that survive headers, cookies and copying. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/**
 * What is stored of a token. A plain hash is enough for 256 random bits: there is nothing to guess, so a slow hash would
 * only slow down every request.
 */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
