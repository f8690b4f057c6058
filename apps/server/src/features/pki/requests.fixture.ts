import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { Extension } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

type Algorithm = webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams;

export const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

interface Wishes {
  algorithm?: Algorithm & { hash?: unknown };
  name?: string;
  extensions?: Extension[];
  keys?: webcrypto.CryptoKeyPair;
}

export const newKeyPair = (algorithm: Algorithm = p256): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** A request for a certificate in PEM, as an agent makes it, or as it should not. */
export async function makeRequest(
  wishes: Wishes = {},
): Promise<{ csr: string; keys: webcrypto.CryptoKeyPair }> {
  const { algorithm = p256, name = 'CN=anything', extensions = [] } = wishes;
  const keys = wishes.keys ?? (await newKeyPair(algorithm));
  const request = await Pkcs10CertificateRequestGenerator.create({
    name,
    keys,
    extensions,
    signingAlgorithm: { name: algorithm.name, hash: 'SHA-256' },
  });
  return { csr: request.toString('pem'), keys };
}
