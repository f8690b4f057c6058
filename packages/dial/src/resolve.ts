import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import { DialError, toDialError } from './dial-error.js';

/** Finds the addresses of a name; rejects when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * The address a host stands for by itself, as written in a URL or a field: brackets around IPv6 are allowed.
 *
 * @returns null for a name
 */
export function literalAddress(host: string): string | null {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

/** More than this no honest name has, and each one costs a decision. */
const maxAddresses = 64;

/** The system's own way: hosts file, search domains and all. IPv4 first, because fewer managers can reach IPv6. */
export const systemResolve: Resolve = async (host) => {
  const entries = await lookup(host, { all: true, order: 'ipv4first' });
  return entries.map(({ address }) => address);
};

/**
 * All addresses of a host as written in a URL or a field; a literal address is its own.
 *
 * @throws DialError `dns`
 */
export async function addressesOf(host: string, resolve: Resolve): Promise<readonly [string, ...string[]]> {
  const literal = literalAddress(host);
  if (literal !== null) return [literal];
  let addresses: readonly string[];
  try {
    addresses = await resolve(host);
  } catch (error) {
    throw toDialError('dns', error);
  }
  const [first, ...others] = addresses;
  if (first === undefined) throw new DialError('dns', 'the name has no address');
  if (addresses.length > maxAddresses) {
    throw new DialError('dns', `the name has more than ${maxAddresses} addresses`);
  }
  return [first, ...others];
}
