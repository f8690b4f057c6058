import 'reflect-metadata';
import { hostIdentity, managerIdentity } from '@patchgate/contracts/agent';
import { ExtendedKeyUsage, Extension, KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509';

import type { Issued } from './test-authority.fixture.js';
import { TestAuthority } from './test-authority.fixture.js';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);
const url = (value: string) => ({ type: 'url', value }) as const;

/**
 * SEC-M1: what must command no agent, each made by the agent's own authority unless it says otherwise.
 *
 * @param revoked one that is in the list of revoked certificates
 */
export const badCertificates: Readonly<
  Record<string, (authority: TestAuthority, revoked: Issued) => Promise<Issued | undefined>>
> = {
  'no certificate': () => Promise.resolve(undefined),
  'one of another authority': async () => (await TestAuthority.create('CN=Another CA')).issue(),
  'one of another authority with the same name': async () => (await TestAuthority.create()).issue(),
  'one that signed itself': async () => selfSigned(),
  'one that has expired': (authority) => authority.issue({ from: daysFromNow(-10), to: daysFromNow(-1) }),
  'one that is not valid yet': (authority) => authority.issue({ from: daysFromNow(1), to: daysFromNow(10) }),
  'one for servers alone': (authority) => authority.issue({ usages: [ExtendedKeyUsage.serverAuth] }),
  'one without a purpose': (authority) => authority.issue({ usages: [] }),
  'one for any purpose': (authority) => authority.issue({ usages: ['2.5.29.37.0'] }),
  'one that is a manager by its common name alone': (authority) =>
    authority.issue({ commonName: managerIdentity, names: [] }),
  'one that is a manager as a DNS name': (authority) =>
    authority.issue({ names: [{ type: 'dns', value: managerIdentity }] }),
  'one whose role only begins like a manager': (authority) =>
    authority.issue({ names: [url(`${managerIdentity}.example`)] }),
  'one that writes the role in capitals': (authority) =>
    authority.issue({ names: [url(managerIdentity.toUpperCase())] }),
  'one that hides the role in another name': (authority) =>
    authority.issue({ names: [{ type: 'dns', value: `a, URI:${managerIdentity}` }] }),
  'one of a host (SEC-M2)': (authority) =>
    authority.issue({ names: [url(hostIdentity('0f0e7c6a-7a3d-4a51-9d0a-6f7f2a1f9a11'))] }),
  'one that a manager signed, which is no authority': async (authority) =>
    (await authority.intermediate({ isAuthority: false, names: [url(managerIdentity)] })).issue(),
  'one of an authority below the authority, which may have none': async (authority) =>
    (await authority.intermediate({ isAuthority: true, pathLength: 0 })).issue(),
  'one whose key may not sign': (authority) =>
    authority.issue({ extensions: [new KeyUsagesExtension(KeyUsageFlags.keyAgreement, true)] }),
  'one with a critical extension that nobody knows': (authority) =>
    authority.issue({ extensions: [new Extension('1.3.6.1.4.1.55555.1', true, new Uint8Array([5, 0]))] }),
  'one whose signature was changed': async (authority) => tampered(await authority.issue()),
  'one that was revoked': (_authority, revoked) => Promise.resolve(revoked),
};

async function selfSigned(): Promise<Issued> {
  const own = await TestAuthority.create(`CN=${managerIdentity}`);
  return own.asIssued();
}

/** Another signature of the same length over the same certificate. */
function tampered({ certificate, privateKey, serial }: Issued): Issued {
  const lines = certificate.trim().split('\n');
  const der = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  const body = der.toString('base64').match(/.{1,64}/g)!;
  return { certificate: [lines[0], ...body, lines.at(-1), ''].join('\n'), privateKey, serial };
}
