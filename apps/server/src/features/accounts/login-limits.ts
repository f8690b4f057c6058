import { createHash } from 'node:crypto';
import { networkOf } from '../../platform/limits/network-of.js';
import type { Limit } from '../../platform/limits/rate-limiter.js';

const windowSeconds = 60;

/** The limits one attempt counts against: the account from anywhere, the network it comes from, and all together. */
export function loginLimits(username: string, sourceAddress: string | null): Limit[] {
  // The name is hashed: what strangers type into the field may be a password.
  const account = createHash('sha256').update(username.toLowerCase()).digest('base64url').slice(0, 22);
  return [
    { key: 'login/all', most: 600, windowSeconds },
    { key: `login/network/${networkOf(sourceAddress)}`, most: 60, windowSeconds },
    { key: `login/account/${account}`, most: 10, windowSeconds },
  ];
}

export const setupLimits = (sourceAddress: string | null): Limit[] => [
  { key: `setup/network/${networkOf(sourceAddress)}`, most: 60, windowSeconds },
];
