import 'reflect-metadata';
import { X509Certificate, X509Crl } from '@peculiar/x509';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { missingPrograms } from '../../../../../tests/debian-packages.js';
import { createAuthority } from './certificates.js';
import { signRevocationList } from './revocation-list.js';
import type { AuthorityKeys } from './sign-certificate.js';

const now = new Date('2031-05-06T07:08:09.000Z');
const hourMs = 3_600_000;
const serials = ['4f00c9d0e6d3f4a1b8c2d7e6f5a4b3c2', '7fffffffffffffffffffffffffffffff'];
const missing = missingPrograms(['/usr/bin/openssl'], ['openssl']);

let authority: AuthorityKeys;
beforeAll(async () => {
  authority = await createAuthority('0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01', now);
});

const makeList = (revoked: readonly string[], number = 1n) =>
  signRevocationList(authority, {
    number,
    revoked: revoked.map((serial) => ({ serial, revokedAt: now })),
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + 168 * hourMs),
  });

/** What openssl makes of it: its text, and whether it holds the signature for right. */
function openssl(pem: string, ca: string): { text: string; verdict: string } {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-crl-'));
  try {
    const [list, authorityFile] = [path.join(directory, 'crl.pem'), path.join(directory, 'ca.pem')];
    writeFileSync(list, pem);
    writeFileSync(authorityFile, ca);
    const args = ['crl', '-in', list, '-noout', '-text', '-verify', '-CAfile', authorityFile];
    const { stdout, stderr } = spawnSync('/usr/bin/openssl', args, { encoding: 'utf8' });
    return { text: stdout, verdict: stderr.trim() };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('the list of revoked certificates', () => {
  it('names what is revoked, has the label agents look for, and is signed by the authority', async () => {
    const pem = await makeList(serials);
    expect(pem).toMatch(/^-----BEGIN X509 CRL-----\n[\w+/=\n]+\n-----END X509 CRL-----\n$/);
    const list = new X509Crl(pem);
    const { publicKey } = new X509Certificate(authority.certificate);
    expect(await list.verify({ publicKey })).toBe(true);
    expect(list.entries.map(({ serialNumber }) => serialNumber)).toEqual(serials);
    expect(list.entries.map(({ revocationDate }) => revocationDate)).toEqual(
      serials.map(() => new Date('2031-05-06T07:08:09.000Z')),
    );
    expect([list.thisUpdate, list.nextUpdate]).toEqual([now, new Date(now.getTime() + 168 * hourMs)]);
  });

  it('is not signed by another authority', async () => {
    const other = await createAuthority('0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c02', now);
    const { publicKey } = new X509Certificate(other.certificate);
    expect(await new X509Crl(await makeList(serials)).verify({ publicKey })).toBe(false);
  });

  it.skipIf(missing)('is read and verified by openssl, empty and not', async () => {
    for (const [revoked, number, shown] of [
      [[], 1n, '1'],
      [serials, 200n, '200'],
    ] as const) {
      const { text, verdict } = openssl(await makeList(revoked, number), authority.certificate);
      expect(verdict).toBe('verify OK');
      expect(text).toMatch(new RegExp(`X509v3 CRL Number: \\n\\s+${shown}\\n`));
      expect(text).toContain('Version 2');
      for (const serial of revoked) expect(text).toContain(`Serial Number: ${serial.toUpperCase()}`);
      // Without one there would be an empty list of extensions, which strict readers refuse.
      expect(text.split('X509v3 CRL Reason Code').length - 1).toBe(revoked.length);
      expect(text.includes('No Revoked Certificates')).toBe(revoked.length === 0);
    }
    const other = await createAuthority('0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c02', now);
    expect(openssl(await makeList(serials), other.certificate).verdict).not.toContain('verify OK');
  });
});
