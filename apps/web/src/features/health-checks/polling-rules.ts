import type { healthCheckEndpoints, ResponseOf } from '@patchgate/contracts';
import { createContext, useContext } from 'react';

/** How often this installation asks, and how long it waits for an answer. */
export interface PollingRules {
  pollIntervalMs: number;
  checkTimeoutMs: number;
}

export const rulesOf = (list: ResponseOf<typeof healthCheckEndpoints.list>): PollingRules => ({
  pollIntervalMs: list.poll_interval_seconds * 1000,
  checkTimeoutMs: list.check_timeout_ms,
});

/** They come with the list of checks, and all that is drawn of a check is drawn below it. */
export const PollingRulesContext = createContext<PollingRules | null>(null);

export function usePollingRules(): PollingRules {
  const rules = useContext(PollingRulesContext);
  if (rules === null) throw new Error('drawn outside of the list of checks');
  return rules;
}
