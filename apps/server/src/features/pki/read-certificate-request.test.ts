import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { X509Certificate, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, signAgentCertificate } from './certificates.js';
import { readCertificateRequest } from './read-certificate-request.js';
import { longRequest, makeRequest, newKeyPair, p256 } from './requests.fixture.js';
import type { AuthorityKeys } from './sign-certificate.js';

const now = new Date('2031-05-06T07:08:09.000Z');
const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const rsa = (bits: number, exponent = [1, 0, 1]) => ({
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: bits,
  publicExponent: new Uint8Array(exponent),
  hash: 'SHA-256',
});

let authority: AuthorityKeys;
beforeAll(async () => {
  authority = await createAuthority(hostId, now);
});

const refusal = async (csr: string): Promise<unknown> => {
  try {
    await readCertificateRequest(csr);
  } catch (error) {
    return error;
  }
  return null;
};

describe('SEC-M1 a request for a certificate', () => {
  it.each([
    ['P-256', p256],
    ['P-384', { ...p256, namedCurve: 'P-384' }],
    ['RSA of 2048 bits', rsa(2048)],
    ['RSA of 3072 bits', rsa(3072)],
  ])('gives a certificate for its key on %s', async (_what, algorithm) => {
    const { csr, keys } = await makeRequest({ algorithm });
    const publicKey = await readCertificateRequest(csr);
    const subject = { hostId, fqdn: 'a.example.org', address: '10.0.0.1' };
    const { certificate } = await signAgentCertificate(authority, { subject, publicKey, now });
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey));
    const own = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(new X509Certificate(certificate).publicKey.equals(own)).toBe(true);
  });

  it('gets none of the names, rights and usages it asks for', async () => {
    const { csr } = await makeRequest({
      name: 'CN=patchgate:manager',
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'url', value: 'patchgate:manager' },
          { type: 'dns', value: 'other.example.org' },
        ]),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
        new BasicConstraintsExtension(true, 3, true),
      ],
    });
    const subject = { hostId, fqdn: 'a.example.org', address: '10.0.0.1' };
    const publicKey = await readCertificateRequest(csr);
    const signed = new X509Certificate(
      (await signAgentCertificate(authority, { subject, publicKey, now })).certificate,
    );
    expect(signed.subject).toBe(`CN=${hostId}`);
    expect(signed.subjectAltName).toBe(
      `DNS:a.example.org, IP Address:10.0.0.1, URI:patchgate:host:${hostId}`,
    );
    expect(signed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(signed.ca).toBe(false);
  });

  it.each([
    ['RSA of 1024 bits', rsa(1024)],
    ['RSA with the exponent 3', rsa(2048, [3])],
    ['P-521', { ...p256, namedCurve: 'P-521' }],
  ])('is refused for a key of %s', async (_what, algorithm) => {
    const { csr } = await makeRequest({ algorithm });
    expect(await refusal(csr)).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'csr', message: expect.stringMatching(/^expected a key on P-256/) as string }],
    });
  });

  it('is refused for a key that takes long to verify', async () => {
    expect(await refusal(longRequest)).toMatchObject({
      issues: [{ path: 'csr', message: expect.stringMatching(/^expected a key on P-256/) as string }],
    });
  });

  it('is refused when whoever sent it does not hold the key', async () => {
    const [own, stolen] = [await newKeyPair(), await newKeyPair()];
    const keys = { privateKey: own.privateKey, publicKey: stolen.publicKey };
    expect(await refusal((await makeRequest({ keys })).csr)).toMatchObject({
      issues: [{ message: 'the signature is not of the key in the request' }],
    });
  });

  it('is refused when a bit of it was changed', async () => {
    const { csr } = await makeRequest({ name: 'CN=aaaaaaaaaaaa' });
    const der = Buffer.from(csr.replace(/-----.*-----/g, ''), 'base64');
    der.writeUInt8(der.readUInt8(der.indexOf('aaaa')) ^ 1, der.indexOf('aaaa'));
    const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    expect(await refusal(changed)).toMatchObject({
      issues: [{ message: 'the signature is not of the key in the request' }],
    });
  });

  it('is refused when it is something else, or has something around it', async () => {
    const { csr } = await makeRequest();
    const texts = [
      '',
      'AAAA',
      authority.certificate,
      csr.replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE'),
      `${csr}\n${csr}`,
      `${authority.certificate}${csr}`,
      '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
    ];
    for (const text of texts) expect(await refusal(text)).toMatchObject({ code: 'invalid_request' });
  });
});
