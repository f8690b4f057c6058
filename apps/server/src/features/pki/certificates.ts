import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import {
  backdatedMs,
  dayMs,
  keyAlgorithm,
  newSerialNumber,
  signCertificate,
  signingAlgorithm,
  textOf,
} from './sign-certificate.js';
import type { AuthorityKeys, SignedCertificate, SubjectName } from './sign-certificate.js';

export interface IssuedCertificate extends SignedCertificate {
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

const authorityDays = 3650;
const ownDays = 90;
const agentDays = 365;

export async function createAuthority(id: string, now: Date): Promise<AuthorityKeys> {
  const keys = await newKeys();
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

/** For the listener of browsers and programs. */
export function createServerCertificate(
  authority: AuthorityKeys,
  { names, now }: { names: readonly SubjectName[]; now: Date },
): Promise<IssuedCertificate> {
  const terms = { subject: 'CN=Patchgate', names, usage: ExtendedKeyUsage.serverAuth, days: ownDays, now };
  return withNewKey((publicKey) => signCertificate(authority, { ...terms, publicKey }));
}

/** With what the manager shows itself to agents: as a client, and never as a server. */
export function createManagerCertificate(authority: AuthorityKeys, now: Date): Promise<IssuedCertificate> {
  const names = [{ type: 'url', value: managerIdentity }] as const;
  const usage = ExtendedKeyUsage.clientAuth;
  const terms = { subject: 'CN=Patchgate manager', names, usage, days: ownDays, now };
  return withNewKey((publicKey) => signCertificate(authority, { ...terms, publicKey }));
}

/** What an agent must find in the certificate of whoever commands it. */
const managerIdentity = 'patchgate:manager';
/** What the manager must find in the certificate of the agent of a host. */
const hostIdentity = (hostId: string): string => `patchgate:host:${hostId}`;

/** Who an agent is. All of it is said by the manager, whatever the agent's request asks for. */
export interface AgentSubject {
  readonly hostId: string;
  readonly fqdn: string;
  /** The public agent is called by its address alone. */
  readonly address: string;
}

const agentTerms = ({ hostId, fqdn, address }: AgentSubject, now: Date) => ({
  // A name may be longer than the 64 characters a common name can have (RFC 5280, A.1).
  subject: `CN=${hostId}`,
  names: [
    { type: 'dns', value: fqdn },
    { type: 'ip', value: address },
    { type: 'url', value: hostIdentity(hostId) },
  ] as const,
  // A host never gets a certificate that opens another host.
  usage: ExtendedKeyUsage.serverAuth,
  days: agentDays,
  now,
});

/** For a key that the agent has made: the manager never sees the private one. */
export const signAgentCertificate = (
  authority: AuthorityKeys,
  { subject, publicKey, now }: { subject: AgentSubject; publicKey: Buffer; now: Date },
): Promise<SignedCertificate> => signCertificate(authority, { ...agentTerms(subject, now), publicKey });

/** For the public agent, which expects its key from the manager. */
export const createAgentCertificate = (
  authority: AuthorityKeys,
  { subject, now }: { subject: AgentSubject; now: Date },
): Promise<IssuedCertificate> =>
  withNewKey((publicKey) => signCertificate(authority, { ...agentTerms(subject, now), publicKey }));

const newKeys = () => webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);

async function withNewKey(
  sign: (publicKey: webcrypto.CryptoKey) => Promise<SignedCertificate>,
): Promise<IssuedCertificate> {
  const keys = await newKeys();
  const signed = await sign(keys.publicKey);
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { ...signed, privateKey: `${PemConverter.encode(privateKey, 'PRIVATE KEY')}\n` };
}
