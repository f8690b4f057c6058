import 'reflect-metadata';
import { hostIdentity, managerIdentity } from '@patchgate/contracts/agent';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import type { JsonGeneralName, Extension } from '@peculiar/x509';
import { createHash, randomBytes, webcrypto } from 'node:crypto';

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
  readonly serial: string;
}

export interface Wanted {
  readonly commonName?: string;
  readonly names?: readonly JsonGeneralName[];
  readonly usages?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  readonly extensions?: readonly Extension[];
  /** Takes this key in place of a new one. */
  readonly keys?: webcrypto.CryptoKeyPair;
}

const manager = { type: 'url', value: managerIdentity } as const;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);

/** An authority that knows no rules, so that it can sign what a real one never would. */
export class TestAuthority {
  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    readonly certificate: string,
    /** What stands between this authority and one that is known; empty for a root. */
    readonly chain: readonly string[],
  ) {}

  static async create(name = 'CN=Test CA', to = daysFromNow(365)): Promise<TestAuthority> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: newSerial(),
      name,
      notBefore: daysFromNow(-400),
      notAfter: to,
      keys,
      signingAlgorithm,
      extensions: [new BasicConstraintsExtension(true, 0, true)],
    });
    return new TestAuthority(keys, pemOf(certificate), []);
  }

  /** SHA-256 of the certificate, base64url, as a token carries it. */
  get fingerprint(): string {
    const der = Buffer.from(new X509Certificate(this.certificate).rawData);
    return createHash('sha256').update(der).digest('base64url');
  }

  /** A certificate of this authority; by default one that a manager would have. */
  async issue(wanted: Wanted = {}): Promise<Issued> {
    const keys = wanted.keys ?? (await newKeys());
    const { certificate, serial } = await this.#sign(keys.publicKey, wanted);
    const privateKey = await keyText(keys);
    return { certificate: [certificate, ...this.chain].join(''), privateKey, serial };
  }

  /** The authority itself as somebody who shows its own certificate. */
  async asIssued(): Promise<Issued> {
    const privateKey = await keyText(this.keys);
    return {
      certificate: this.certificate,
      privateKey,
      serial: new X509Certificate(this.certificate).serialNumber,
    };
  }

  /** What an agent of this host serves. */
  issueHost(hostId: string, wanted: Wanted = {}): Promise<Issued> {
    const names = [
      { type: 'url', value: hostIdentity(hostId) },
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'localhost' },
    ] as const;
    return this.issue({ commonName: hostId, names, usages: [ExtendedKeyUsage.serverAuth], ...wanted });
  }

  /** Answers a request (PKCS #10, PEM) whose signature is good, with names that the authority and not the request says. */
  async answer(request: string, wanted: Wanted): Promise<string> {
    const parsed = new Pkcs10CertificateRequest(request);
    if (!(await parsed.verify())) throw new Error('the request is not signed by its key');
    const spki = new Uint8Array(parsed.publicKey.rawData);
    const publicKey = await webcrypto.subtle.importKey('spki', spki, keyAlgorithm, true, ['verify']);
    return (await this.#sign(publicKey, wanted)).certificate;
  }

  /** What signs below this authority. */
  async intermediate(wanted: Wanted): Promise<TestAuthority> {
    const keys = await newKeys();
    const { certificate } = await this.issue({
      commonName: 'Between',
      names: [],
      usages: [],
      keys,
      ...wanted,
    });
    return new TestAuthority(keys, certificate, [certificate]);
  }

  async revoke(serials: readonly string[], at = new Date()): Promise<string> {
    const list = await X509CrlGenerator.create({
      issuer: new X509Certificate(this.certificate).subject,
      thisUpdate: at,
      nextUpdate: new Date(at.getTime() + DAY_MS),
      entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: at })),
      signingAlgorithm,
      signingKey: this.keys.privateKey,
    });
    return `${list.toString('pem')}\n`;
  }

  async #sign(
    publicKey: webcrypto.CryptoKey,
    wanted: Wanted,
  ): Promise<{ certificate: string; serial: string }> {
    const serial = newSerial();
    const { commonName = 'Manager', names = [manager], usages = [ExtendedKeyUsage.clientAuth] } = wanted;
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serial,
      subject: `CN=${commonName}`,
      issuer: new X509Certificate(this.certificate).subject,
      notBefore: wanted.from ?? daysFromNow(-1),
      notAfter: wanted.to ?? daysFromNow(90),
      publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm,
      extensions: [
        new BasicConstraintsExtension(wanted.isAuthority ?? false, wanted.pathLength, true),
        ...(usages.length > 0 ? [new ExtendedKeyUsageExtension([...usages])] : []),
        ...(names.length > 0 ? [new SubjectAlternativeNameExtension([...names])] : []),
        ...(wanted.extensions ?? []),
      ],
    });
    return { certificate: pemOf(certificate), serial };
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);

async function keyText(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`;
}

const pemOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

function newSerial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
