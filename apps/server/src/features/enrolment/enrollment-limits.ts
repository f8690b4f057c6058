import { networkOf } from '../../platform/limits/network-of.js';
import type { Limit } from '../../platform/limits/rate-limiter.js';

const windowSeconds = 60;

/** Of requests without a token that wait for a decision: over all, and of those from one network. */
export const mostWaiting = { all: 200, network: 20 } as const;

/**
 * What one request counts against. Strangers get little: all they can do is make an administrator read. A token cannot be
 * guessed, and many hosts behind one address may be enrolled at once.
 */
export function enrollmentLimits(sourceAddress: string | null, hasToken: boolean): Limit[] {
  const network = networkOf(sourceAddress);
  return hasToken
    ? [{ key: `enroll/token/${network}`, most: 1200, windowSeconds }]
    : [
        { key: 'enroll/all', most: 300, windowSeconds },
        { key: `enroll/network/${network}`, most: 5, windowSeconds },
      ];
}
