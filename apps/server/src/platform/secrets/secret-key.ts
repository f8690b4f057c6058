import { createHmac } from 'node:crypto';

/** The key that seals, with the id by which a ciphertext names it. */
export interface SecretKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Every key of an installation by id: the one that seals and those that rotation has not finished with. */
export type KeyRing = ReadonlyMap<string, SecretKey>;

export const keyBytes = 32;

/** The id is made from the key, so that a file cannot claim to be another and no list of ids has to be kept. */
export function toSecretKey(bytes: Buffer): SecretKey {
  return { id: mac(bytes, 'patchgate key id').subarray(0, 8).toString('hex'), bytes };
}

/** Stored beside the id: proves the whole key, and that it was used by this installation. */
export function keyCheckValue(key: SecretKey, installId: string): Buffer {
  return mac(key.bytes, `patchgate key check ${installId}`);
}

const mac = (key: Buffer, label: string): Buffer => createHmac('sha256', key).update(label).digest();
