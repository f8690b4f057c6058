import 'reflect-metadata';
import { PemConverter, X509Certificate, X509Crl } from '@peculiar/x509';
import type { X509Certificate as Authority } from 'node:crypto';

import { serialText } from './judge-manager.js';

/** A list of revoked certificates (RFC 5280, 5) whose signature was verified. */
export interface RevocationList {
  readonly serials: ReadonlySet<string>;
  readonly issuedAt: Date;
  readonly nextAt: Date | null;
}

/** The list is of nobody this agent believes, or no list at all. */
class RevocationListError extends Error {}

/**
 * Reads the lists of a PEM text, one an authority, as one list.
 *
 * @throws RevocationListError unless every list is signed by an authority
 */
export async function parseRevocationList(
  pem: string,
  authorities: readonly Authority[],
): Promise<RevocationList> {
  let lists: X509Crl[];
  try {
    lists = PemConverter.decode(pem).map((der) => new X509Crl(der));
  } catch (error) {
    throw new RevocationListError('the list of revoked certificates cannot be read', { cause: error });
  }
  const [first] = lists;
  if (first === undefined) throw new RevocationListError('the list of revoked certificates is empty text');
  for (const list of lists) {
    if (!(await isSignedByOne(list, authorities))) {
      throw new RevocationListError('the list of revoked certificates is signed by no authority known here');
    }
  }
  const nextUpdates = lists.flatMap(({ nextUpdate }) => nextUpdate ?? []);
  return {
    serials: new Set(lists.flatMap(({ entries }) => entries.map((entry) => serialText(entry.serialNumber)))),
    issuedAt: earliest(lists.map(({ thisUpdate }) => thisUpdate)) ?? first.thisUpdate,
    nextAt: earliest(nextUpdates),
  };
}

async function isSignedByOne(list: X509Crl, authorities: readonly Authority[]): Promise<boolean> {
  for (const authority of authorities) {
    const issuer = new X509Certificate(new Uint8Array(authority.raw));
    if (issuer.subject === list.issuer && (await list.verify({ publicKey: issuer }))) return true;
  }
  return false;
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>((least, date) => (least === null || date < least ? date : least), null);
}
