import 'reflect-metadata';
import { managerIdentity } from '@patchgate/contracts/agent';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509';

/** Why a certificate commands nothing here. */
export type Objection = 'may_not_sign' | 'no_client_auth' | 'not_a_manager' | 'revoked';

/**
 * Judges a certificate whose chain, dates and signatures OpenSSL has found good: every host has one of those from the
 * same authority, so a purpose and a role must be said in it too. A common name says neither.
 *
 * @param certificate DER
 * @param isRevoked takes a serial number as `serialText` writes it
 */
export function judgeManager(
  certificate: Uint8Array<ArrayBuffer>,
  isRevoked: (serial: string) => boolean,
): Objection | null {
  const parsed = new X509Certificate(certificate);
  const keyUsages = parsed.getExtension(KeyUsagesExtension)?.usages;
  // OpenSSL takes a key for key agreement too, which TLS 1.3 has no use for.
  if (keyUsages !== undefined && (keyUsages & KeyUsageFlags.digitalSignature) === 0) return 'may_not_sign';
  const usages: readonly unknown[] = parsed.getExtension(ExtendedKeyUsageExtension)?.usages ?? [];
  if (!usages.includes(ExtendedKeyUsage.clientAuth)) return 'no_client_auth';
  const names = parsed.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  if (!names.some(({ type, value }) => type === 'url' && value === managerIdentity)) return 'not_a_manager';
  return isRevoked(serialText(parsed.serialNumber)) ? 'revoked' : null;
}

/** One spelling of a serial number: lower-case hex without leading zeros; readers of DER differ in them. */
export const serialText = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');
