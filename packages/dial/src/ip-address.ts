import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

// RFC 6052: the prefix through which IPv6-only networks reach IPv4.
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * The address a connection would really reach: IPv4 inside of IPv6, mapped (RFC 4291) or translated (RFC 6052), is the
 * IPv4 address.
 *
 * @param literal a literal address; a zone is allowed
 * @throws Error when it is none
 */
export function normalAddress(literal: string): IpAddress {
  if (!isIP(literal)) throw new Error(`${JSON.stringify(literal)} is no IP address`);
  const address = ipaddr.process(inHexadecimal(literal));
  if (address.kind() === 'ipv4') return address;
  const v6 = address as ipaddr.IPv6;
  return v6.match(nat64) ? new ipaddr.IPv4(v6.toByteArray().slice(12)) : v6;
}

// The library takes `::10.0.0.1` for the mapped `::ffff:10.0.0.1`; the kernel does not (RFC 4291, 2.2.3).
const inHexadecimal = (literal: string): string =>
  literal.replace(/(?<=:)(\d+)\.(\d+)\.(\d+)\.(\d+)/, (_dotted, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });

/** Whether it lies in one of the networks; families never match each other. */
export function isWithin(address: IpAddress, networks: readonly [IpAddress, number][]): boolean {
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );
}

/**
 * @param cidr a network, or a single address
 * @throws Error when it is neither
 */
export function parseNetwork(cidr: string): [IpAddress, number] {
  const [literal = '', bits] = cidr.split('/');
  const address = normalAddress(literal);
  if (bits !== undefined) return ipaddr.parseCIDR(cidr);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
