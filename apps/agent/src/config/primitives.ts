import ipaddr from 'ipaddr.js';
import path from 'node:path';
import { z } from 'zod';

function isNetwork(text: string): boolean {
  const [address = ''] = text.split('/');
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return false;
  return text.includes('/') ? ipaddr.isValidCIDR(text) : true;
}

export const primitives = {
  ipv4: z.ipv4(),
  port: z.int().min(0).max(65_535),
  absolutePath: z.string().refine((text) => path.isAbsolute(text), 'expected an absolute path'),
  network: z.string().refine(isNetwork, 'expected an address or a network such as 10.0.0.0/8'),
};
