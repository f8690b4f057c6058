import { networkInterfaces } from 'node:os';

import { isWithin, normalAddress, parseNetwork } from './ip-address.js';
import type { IpAddress } from './ip-address.js';

/** A listener of the manager itself, or its database: no probe may reach it, wherever else probes may go. */
export interface OwnListener {
  /** Literal addresses; `any` stands for every address of this machine. */
  readonly addresses: 'any' | readonly string[];
  readonly port: number;
}

export interface DialPolicySettings {
  /** Networks that are allowed although they are denied otherwise, loopback for example. */
  readonly allow?: readonly string[];
  /** Networks that are denied whatever else allows them. */
  readonly deny?: readonly string[];
  /** Asked at each decision: a port may be known only once it is bound. */
  readonly own?: () => readonly OwnListener[];
}

/** Says where a connection may go. */
export interface DialPolicy {
  permits(address: string, port: number): boolean;
}

/** What the network itself calls ordinary; everything else is denied, ranges of the future included. */
const ordinary: readonly string[] = ['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'];

/** Ordinary by their range, yet answered by the cloud below: instance metadata and the credentials in it. */
const metadata = ['fd00:ec2::/32', 'fd20:ce::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'].map(
  parseNetwork,
);

/** Embedded IPv4 in forms that no network routes (RFC 4291, 2.5.5.1). */
const embedded = [parseNetwork('::/96')];

/**
 * The policy of this installation. Always denied: unspecified, loopback, link-local and metadata, multicast, reserved,
 * 6to4, Teredo, and the manager's own listeners and database. Private networks are what the product is for.
 *
 * @throws Error when a network of the settings is none
 */
export function createDialPolicy({
  allow = [],
  deny = [],
  own = () => [],
}: DialPolicySettings = {}): DialPolicy {
  const allowed = allow.map(parseNetwork);
  const denied = deny.map(parseNetwork);
  return {
    permits(literal, port) {
      const address = normalAddress(literal);
      if (own().some((listener) => listener.port === port && listensOn(listener, address))) return false;
      if (isWithin(address, denied)) return false;
      if (isWithin(address, allowed)) return true;
      if (isWithin(address, metadata) || isWithin(address, embedded)) return false;
      return ordinary.includes(address.range());
    },
  };
}

function listensOn({ addresses }: OwnListener, address: IpAddress): boolean {
  if (addresses !== 'any') return addresses.some((literal) => isSame(normalAddress(literal), address));
  if (['loopback', 'unspecified'].includes(address.range())) return true;
  const interfaces = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return interfaces.some((entry) => isSame(normalAddress(entry.address), address));
}

const isSame = (one: IpAddress, other: IpAddress): boolean =>
  one.kind() === other.kind() && one.toNormalizedString() === other.toNormalizedString();
