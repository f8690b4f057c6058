import ipaddr from 'ipaddr.js';

/** Whether a name or address is this machine's alone; a URL's brackets around an IPv6 address are allowed. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost') return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

/** Whether listening there means listening on every address of the machine. */
export const isEveryAddress = (host: string): boolean =>
  ipaddr.isValid(host) && ipaddr.parse(host).range() === 'unspecified';
