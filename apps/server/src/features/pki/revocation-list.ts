import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  Extension,
  PemConverter,
  X509Certificate,
  X509CrlGenerator,
  X509CrlReason,
} from '@peculiar/x509';
import { importSigningKey, signingAlgorithm } from './sign-certificate.js';
import type { AuthorityKeys } from './sign-certificate.js';

export interface RevokedSerial {
  readonly serial: string;
  readonly revokedAt: Date;
}

interface ListTerms {
  readonly number: bigint;
  readonly revoked: readonly RevokedSerial[];
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

const crlNumber = '2.5.29.20';

/** A list of revoked certificates in PEM (RFC 5280, section 5), under the label that the public agent expects. */
export async function signRevocationList(
  authority: AuthorityKeys,
  { number, revoked, thisUpdate, nextUpdate }: ListTerms,
): Promise<string> {
  const issuer = new X509Certificate(authority.certificate);
  const list = await X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate,
    nextUpdate,
    // Without a reason the library writes an empty list of extensions, which strict readers refuse.
    entries: revoked.map(({ serial, revokedAt }) => ({
      serialNumber: serial,
      revocationDate: revokedAt,
      reason: X509CrlReason.cessationOfOperation,
    })),
    signingKey: await importSigningKey(authority),
    signingAlgorithm,
    extensions: [
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new Extension(crlNumber, false, derInteger(number)),
    ],
  });
  return `${PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
}

/** A positive INTEGER of less than 128 bytes (X.690, 8.3). */
function derInteger(value: bigint): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const content = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return new Uint8Array([0x02, content.length, ...content]);
}
