import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { ExtendedKeyUsage } from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

/** An authority as its key is used: the private key is PKCS #8, to be wiped by whoever holds it. */
export interface AuthorityKeys {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: Buffer;
}

/** What a certificate is for; names, addresses and URIs are different things to those who check (RFC 9525). */
export interface SubjectName {
  readonly type: 'dns' | 'ip' | 'url';
  readonly value: string;
}

interface CertificateTerms {
  /** A distinguished name; nobody checks it. */
  readonly subject: string;
  readonly names: readonly SubjectName[];
  readonly usage: ExtendedKeyUsage;
  /** As SubjectPublicKeyInfo in DER where it came from elsewhere. */
  readonly publicKey: webcrypto.CryptoKey | Buffer;
  readonly days: number;
  readonly now: Date;
}

export interface SignedCertificate {
  /** PEM. */
  readonly certificate: string;
  /** Lower-case hex without leading zeros. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };
export const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
export const dayMs = 86_400_000;
/** For those who check with a clock that is a little behind ours. */
export const backdatedMs = 5 * 60_000;

/** Signs a certificate of somebody who is no authority, with one usage; it never outlives its issuer. */
export async function signCertificate(
  authority: AuthorityKeys,
  { subject, names, usage, publicKey, days, now }: CertificateTerms,
): Promise<SignedCertificate> {
  const issuer = new X509Certificate(authority.certificate);
  const serial = newSerialNumber();
  const notBefore = new Date(now.getTime() - backdatedMs);
  const notAfter = new Date(Math.min(now.getTime() + days * dayMs, issuer.notAfter.getTime()));
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial,
    subject,
    issuer: issuer.subject,
    notBefore,
    notAfter,
    publicKey,
    signingKey: await importSigningKey(authority),
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage]),
      new SubjectAlternativeNameExtension(names.map(({ type, value }) => ({ type, value }))),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: textOf(certificate), serial, notBefore, notAfter };
}

export const importSigningKey = ({ privateKey }: AuthorityKeys): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', privateKey, keyAlgorithm, false, ['sign']);

/** A text file ends with a line end, or the next certificate of a bundle begins in the middle of a line. */
export const textOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

/** 126 random bits of a positive number without a leading zero byte (RFC 5280, 4.1.2.2). */
export function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
