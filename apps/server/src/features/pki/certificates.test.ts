import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as ParsedCertificate,
} from '@peculiar/x509';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, createServerCertificate } from './certificates.js';
import type { IssuedCertificate } from './certificates.js';
import type { AuthorityKeys } from './sign-certificate.js';

const now = new Date('2031-05-06T07:08:09.000Z');
const dayMs = 86_400_000;
const id = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01';
const names = [
  { type: 'dns', value: 'patchgate.example.org' },
  { type: 'ip', value: '192.0.2.7' },
  { type: 'ip', value: '2001:db8::7' },
] as const;

let authority: AuthorityKeys;
let issued: IssuedCertificate;
let ca: X509Certificate;
let server: X509Certificate;
beforeAll(async () => {
  authority = await createAuthority(id, now);
  issued = await createServerCertificate(authority, { names, now });
  ca = new X509Certificate(authority.certificate);
  server = new X509Certificate(issued.certificate);
});

const key = (pkcs8: Buffer) => createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });

describe('the authority', () => {
  it('is a P-256 authority that says which installation it belongs to', () => {
    expect(ca.ca).toBe(true);
    expect(
      new ParsedCertificate(authority.certificate).getExtension(BasicConstraintsExtension),
    ).toMatchObject({
      pathLength: 0,
      critical: true,
    });
    expect(ca.subject).toBe(`CN=Patchgate CA ${id}`);
    expect(ca.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.checkPrivateKey(key(authority.privateKey))).toBe(true);
  });

  it('is valid from a little before now, for ten years', () => {
    expect(ca.validFromDate).toEqual(new Date(now.getTime() - 5 * 60_000));
    expect(ca.validToDate).toEqual(new Date(now.getTime() + 3650 * dayMs));
  });

  it('is another one each time', async () => {
    const other = await createAuthority(id, now);
    expect(new X509Certificate(other.certificate).fingerprint256).not.toBe(ca.fingerprint256);
    expect(other.privateKey).not.toEqual(authority.privateKey);
  });
});

describe('a server certificate', () => {
  it('is signed by the authority and no authority itself', () => {
    expect(server.checkIssued(ca)).toBe(true);
    expect(server.verify(ca.publicKey)).toBe(true);
    const parsed = new ParsedCertificate(issued.certificate);
    expect(parsed.getExtension(BasicConstraintsExtension)).toMatchObject({ ca: false, critical: true });
    expect(parsed.getExtension(KeyUsagesExtension)).toMatchObject({ usages: KeyUsageFlags.digitalSignature });
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(server.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  });

  it('is for the names given and for no other', () => {
    expect(server.checkHost('patchgate.example.org')).toBe('patchgate.example.org');
    expect(server.checkHost('other.example.org')).toBeUndefined();
    expect(server.checkHost('Patchgate')).toBeUndefined();
    expect(server.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(server.checkIP('2001:db8::7')).toBe('2001:db8::7');
    expect(server.checkIP('192.0.2.8')).toBeUndefined();
  });

  it('is valid for 90 days and comes with its own key', () => {
    expect(server.validToDate).toEqual(new Date(now.getTime() + 90 * dayMs));
    expect([issued.notBefore, issued.notAfter]).toEqual([server.validFromDate, server.validToDate]);
    expect(server.checkPrivateKey(createPrivateKey(issued.privateKey))).toBe(true);
  });

  it('never outlives the authority', async () => {
    const late = new Date(ca.validToDate.getTime() - 10 * dayMs);
    const short = await createServerCertificate(authority, { names, now: late });
    expect(new X509Certificate(short.certificate).validToDate).toEqual(ca.validToDate);
  });
});
