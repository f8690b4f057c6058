import type { CheckDefinition, CheckOutcome, Clock } from '@patchgate/service-health';

import type { AgentContext } from '../routes/agent-context.js';
import type { Trust } from '../tls/trust.js';

const WARN_BEFORE_MS = 14 * 86_400_000;
const every = { everyMs: 10_000, timeoutMs: 5_000, critical: false } as const;

/** An agent whose certificate has expired is reached by no manager. */
export const certificateCheck = (trust: Trust, clock: Clock): CheckDefinition => ({
  name: 'certificate',
  ...every,
  check: () => Promise.resolve(certificateOutcome(new Date(trust.identity.certificate.validTo), clock.now())),
});

export function certificateOutcome(validTo: Date, now: Date): CheckOutcome {
  const leftMs = validTo.getTime() - now.getTime();
  if (leftMs <= 0) return { status: 'unhealthy', reason: 'expired' };
  return leftMs < WARN_BEFORE_MS ? { status: 'degraded', reason: 'expires_soon' } : { status: 'healthy' };
}

/** What the agent cannot do; the sentences are in `GET /api/v1/health` and in the log, a code here. */
export const abilityCheck = (context: Pick<AgentContext, 'lacks'>): CheckDefinition => ({
  name: 'abilities',
  ...every,
  check: () =>
    Promise.resolve(
      context.lacks().length === 0
        ? { status: 'healthy' }
        : { status: 'degraded', reason: 'lacks_something' },
    ),
});
