import { agentStatus, healthStatus, hostSort } from '@patchgate/contracts';
import type { z } from 'zod';
import { idOf, oneOf, textOf } from '../../lib/search-params.js';

type HealthStatus = z.infer<typeof healthStatus>;
export type AgentStatus = z.infer<typeof agentStatus>;
export type HostSort = z.infer<typeof hostSort>;

export interface HostSearch {
  q?: string | undefined;
  group?: string | undefined;
  health?: HealthStatus | undefined;
  agent?: AgentStatus | undefined;
  /** Without it: worst health first. */
  sort?: HostSort | undefined;
  dialog?: 'add' | undefined;
}

export const parseHostSearch = (raw: Record<string, unknown>): HostSearch => ({
  q: textOf(raw.q),
  group: idOf(raw.group),
  health: oneOf(healthStatus.options, raw.health),
  agent: oneOf(agentStatus.options, raw.agent),
  sort: oneOf(hostSort.options, raw.sort),
  dialog: raw.dialog === 'add' ? 'add' : undefined,
});

export const isFiltered = ({ q, group, health, agent }: HostSearch): boolean =>
  [q, group, health, agent].some((value) => value !== undefined);
