import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** From where managers may connect. An IPv4 peer of a dual-stack socket is judged by its IPv4 address. */
export class AddressList {
  readonly #networks: readonly (readonly [Address, number])[];

  /** @param networks addresses or CIDR networks, already checked; empty is nobody */
  constructor(networks: readonly string[]) {
    this.#networks = networks.map((text) => {
      if (text.includes('/')) return ipaddr.parseCIDR(text);
      const address = ipaddr.parse(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128] as const;
    });
  }

  has(address: string | undefined): boolean {
    if (address === undefined || !ipaddr.isValid(address)) return false;
    const peer = ipaddr.process(address);
    return this.#networks.some(
      ([network, bits]) => network.kind() === peer.kind() && isIn(peer, network, bits),
    );
  }
}

function isIn(peer: Address, network: Address, bits: number): boolean {
  if (peer instanceof ipaddr.IPv4 && network instanceof ipaddr.IPv4) return peer.match(network, bits);
  if (peer instanceof ipaddr.IPv6 && network instanceof ipaddr.IPv6) return peer.match(network, bits);
  return false;
}
