import type { AgentReport, RunEvent } from '@patchgate/domain';
import type { Claim, Facts } from './run-store.js';

/** What a step found out; null where the run is not ours any more. */
export type Found = { readonly event: RunEvent; readonly facts?: Facts } | null;

export const silent: Found = { event: { kind: 'agent_silent', detail: 'no answer' } };
export const lost: Found = { event: { kind: 'outcome_lost', detail: 'nobody knows of it any more' } };

export const refused = (
  reason: 'agent_busy' | 'agent_refused' | 'agent_unreachable',
  isRetryable = true,
): Found => ({ event: { kind: 'order_refused', isRetryable, reason, detail: 'refused' } });

export const reported = ({ row }: Claim, report: AgentReport, facts: Facts = {}): Found => ({
  event: { kind: 'agent_reported', report, hasChecks: row.hasChecks },
  facts,
});
