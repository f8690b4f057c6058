import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

/** An authority as its key is used: the private key is PKCS #8, to be wiped by whoever holds it. */
export interface AuthorityKeys {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: Buffer;
}

/** What a server is called; addresses and names are different things to those who check (RFC 9525). */
export interface SubjectName {
  readonly type: 'dns' | 'ip';
  readonly value: string;
}

export interface IssuedCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
const dayMs = 86_400_000;
const authorityDays = 3650;
const serverDays = 90;
/** For those who check with a clock that is a little behind ours. */
const backdatedMs = 5 * 60_000;

export async function createAuthority(id: string, now: Date): Promise<AuthorityKeys> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    // With the id in it, two installations never look alike in a list of trusted authorities.
    name: `CN=Patchgate CA ${id}`,
    notBefore: new Date(now.getTime() - backdatedMs),
    notAfter: new Date(now.getTime() + authorityDays * dayMs),
    keys,
    signingAlgorithm,
    extensions: [
      // It signs servers and agents itself; nothing below it may sign.
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const privateKey = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificate: textOf(certificate), privateKey };
}

export async function createServerCertificate(
  authority: AuthorityKeys,
  { names, now }: { names: readonly SubjectName[]; now: Date },
): Promise<IssuedCertificate> {
  const issuer = new X509Certificate(authority.certificate);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', authority.privateKey, algorithm, false, [
    'sign',
  ]);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notBefore = new Date(now.getTime() - backdatedMs);
  const notAfter = new Date(Math.min(now.getTime() + serverDays * dayMs, issuer.notAfter.getTime()));
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: 'CN=Patchgate',
    issuer: issuer.subject,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map(({ type, value }) => ({ type, value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: textOf(certificate),
    privateKey: PemConverter.encode(privateKey, 'PRIVATE KEY'),
    notBefore,
    notAfter,
  };
}

/** A text file ends with a line end, or the next certificate of a bundle begins in the middle of a line. */
const textOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

/** 126 random bits of a positive number without a leading zero byte (RFC 5280, 4.1.2.2). */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
