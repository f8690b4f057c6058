import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const lifetimeMs = 365 * 24 * 60 * 60 * 1000;

const uses = {
  server: ExtendedKeyUsage.serverAuth,
  client: ExtendedKeyUsage.clientAuth,
  code: ExtendedKeyUsage.codeSigning,
} as const;
type Use = keyof typeof uses;

interface Wanted {
  /** Host names, addresses, and URIs, which are told by a colon. */
  names: readonly string[];
  from: Date;
  to: Date;
  use?: Use;
  commonName?: string;
  /** With keys that are there already, so that thousands need none of their own. */
  keys?: webcrypto.CryptoKeyPair;
}

/** An authority for targets; it knows no rules, so that it can sign what a real one never would. */
export class CertificateMaker {
  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly certificate: X509Certificate,
  ) {}

  /** @param names alternative names, for an authority that passes itself off as a host */
  static async create(name: string, now: Date, names: readonly string[] = []): Promise<CertificateMaker> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: `CN=${name}`,
      notBefore: new Date(now.getTime() - lifetimeMs),
      notAfter: new Date(now.getTime() + lifetimeMs),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new BasicConstraintsExtension(true, 0, true), ...alternativeNames(names)],
    });
    return new CertificateMaker(keys, certificate);
  }

  get pem(): string {
    return this.certificate.toString('pem');
  }

  async issue(wanted: Wanted): Promise<{ cert: string; key: string }> {
    const { names, from, to, use = 'server', commonName = 'localhost' } = wanted;
    const keys = wanted.keys ?? (await newKeys());
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: `CN=${commonName}`,
      issuer: this.certificate.subject,
      notBefore: from,
      notAfter: to,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [new ExtendedKeyUsageExtension([uses[use]]), ...alternativeNames(names)],
    });
    return { cert: certificate.toString('pem'), key: await pemOf(keys) };
  }

  /** What a leaf of this authority could sign if nobody asked whether it may. */
  pretend(cert: string, keys: webcrypto.CryptoKeyPair): CertificateMaker {
    return new CertificateMaker(keys, new X509Certificate(cert));
  }

  async own(): Promise<{ cert: string; key: string }> {
    return { cert: this.pem, key: await pemOf(this.keys) };
  }
}

const typeOf = (name: string) =>
  isIP(name) ? 'ip' : name.includes(':') && !name.includes(',') ? 'url' : 'dns';

const alternativeNames = (names: readonly string[]) =>
  names.length === 0
    ? []
    : [new SubjectAlternativeNameExtension(names.map((value) => ({ type: typeOf(value), value })))];

export async function pemOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PRIVATE KEY-----\n`;
}

const serial = (): string => randomBytes(16).toString('hex');

export const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
