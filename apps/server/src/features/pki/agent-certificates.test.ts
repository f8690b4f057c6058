import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as Parsed,
} from '@peculiar/x509';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAgentCertificate, createAuthority, createManagerCertificate } from './certificates.js';
import type { IssuedCertificate } from './certificates.js';
import type { AuthorityKeys } from './sign-certificate.js';

const now = new Date('2031-05-06T07:08:09.000Z');
const dayMs = 86_400_000;
const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const fqdn = `${'a-rather-long-label.'.repeat(11)}example.org`;
const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

let authority: AuthorityKeys;
let ca: X509Certificate;
let agent: IssuedCertificate;
let manager: IssuedCertificate;
beforeAll(async () => {
  authority = await createAuthority(hostId, now);
  ca = new X509Certificate(authority.certificate);
  agent = await createAgentCertificate(authority, { subject: { hostId, fqdn, address: '10.20.4.17' }, now });
  manager = await createManagerCertificate(authority, now);
});

describe('SEC-M1 the certificate of an agent', () => {
  it('names the host it is for, and is for a server only', () => {
    const certificate = new X509Certificate(agent.certificate);
    expect(certificate.subjectAltName).toBe(
      `DNS:${fqdn}, IP Address:10.20.4.17, URI:patchgate:host:${hostId}`,
    );
    expect(certificate.keyUsage).toEqual([serverAuth]);
    expect(certificate.checkIP('10.20.4.17')).toBe('10.20.4.17');
  });

  it('lives for a year with a serial number of 16 random bytes and its own key', () => {
    const certificate = new X509Certificate(agent.certificate);
    expect(certificate.validToDate).toEqual(new Date(now.getTime() + 365 * dayMs));
    expect(certificate.serialNumber.toLowerCase()).toBe(agent.serial);
    expect(agent.serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(certificate.checkPrivateKey(createPrivateKey(agent.privateKey))).toBe(true);
  });
});

describe("SEC-M1 the manager's certificate", () => {
  it('has the role of the manager, and is for a client only', () => {
    const certificate = new X509Certificate(manager.certificate);
    expect(certificate.subjectAltName).toBe('URI:patchgate:manager');
    expect(certificate.keyUsage).toEqual([clientAuth]);
    expect(certificate.validToDate).toEqual(new Date(now.getTime() + 90 * dayMs));
    expect(certificate.checkPrivateKey(createPrivateKey(manager.privateKey))).toBe(true);
  });
});

describe.each([
  ['an agent', () => agent],
  ['the manager', () => manager],
])('what the authority signs for %s', (_who, issued) => {
  it('is signed by it, signs nothing itself, and is on P-256', () => {
    const certificate = new X509Certificate(issued().certificate);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
    const parsed = new Parsed(issued().certificate);
    expect(parsed.getExtension(BasicConstraintsExtension)).toMatchObject({ ca: false, critical: true });
    expect(parsed.getExtension(KeyUsagesExtension)).toMatchObject({ usages: KeyUsageFlags.digitalSignature });
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });
});
