import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { invalidField } from '../../platform/app-error.js';

/** One request and nothing around it (RFC 7468, section 7). */
const pem = /^-----BEGIN CERTIFICATE REQUEST-----\r?\n[\w+/=\r\n]+\r?\n-----END CERTIFICATE REQUEST-----\s*$/;
const curves = ['prime256v1', 'secp384r1'];
const hashes = ['SHA-256', 'SHA-384', 'SHA-512'];
const leastModulusBits = 2048;
/** Verifying with a longer one is work that anybody could make us do. */
const mostModulusBits = 4096;

const refused = (message: string) => invalidField('csr', message);

/**
 * Reads the public key of a request, and nothing else: names and extensions it asks for are not what it gets.
 *
 * @returns the key as SubjectPublicKeyInfo in DER
 * @throws AppError when it is no request, the key is weak, or whoever sent it does not hold the private key
 */
export async function readCertificateRequest(text: string): Promise<Buffer> {
  if (!pem.test(text)) throw refused('expected one PKCS#10 request in PEM');
  const request = parse(text);
  const spki = Buffer.from(request.publicKey.rawData);
  const weakness = weaknessOf(parseKey(spki));
  if (weakness !== null) throw refused(weakness);
  if (!(await isSignedByItsKey(request))) throw refused('the signature is not of the key in the request');
  return spki;
}

function parse(text: string): Pkcs10CertificateRequest {
  try {
    return new Pkcs10CertificateRequest(text);
  } catch {
    // What is wrong inside is of no use to anybody: our agent makes no such request.
    throw refused('expected one PKCS#10 request in PEM');
  }
}

function parseKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    throw refused('the key cannot be read');
  }
}

function weaknessOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details = {},
}: KeyObject): string | null {
  const { namedCurve = '', modulusLength = 0, publicExponent = 0n } = details;
  const isEnough =
    type === 'ec'
      ? curves.includes(namedCurve)
      : type === 'rsa' &&
        modulusLength >= leastModulusBits &&
        modulusLength <= mostModulusBits &&
        publicExponent >= 65_537n;
  return isEnough
    ? null
    : `expected a key on P-256 or P-384, or RSA of ${leastModulusBits} to ${mostModulusBits} bits`;
}

async function isSignedByItsKey(request: Pkcs10CertificateRequest): Promise<boolean> {
  const { hash } = request.signatureAlgorithm as { hash?: { name?: string } };
  if (!hashes.includes(hash?.name ?? '')) return false;
  try {
    return await request.verify();
  } catch {
    // A signature of another kind than the key's.
    return false;
  }
}
