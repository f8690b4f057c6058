import { agentStatus, healthStatus, hostFilter, hostSort } from '@patchgate/contracts';
import type { z } from 'zod';
import { idOf, oneOf, textOf } from '../../lib/search-params.js';

type HealthStatus = z.infer<typeof healthStatus>;
export type AgentStatus = z.infer<typeof agentStatus>;
export type HostSort = z.infer<typeof hostSort>;

export const patchesFilters = hostFilter.shape.patches.unwrap().options;
export type PatchesFilter = (typeof patchesFilters)[number];

export interface HostSearch {
  q?: string | undefined;
  group?: string | undefined;
  health?: HealthStatus | undefined;
  agent?: AgentStatus | undefined;
  patches?: PatchesFilter | undefined;
  /** Without it: worst health first. */
  sort?: HostSort | undefined;
  dialog?: 'add' | undefined;
}

export const parseHostSearch = (raw: Record<string, unknown>): HostSearch => ({
  q: textOf(raw.q),
  group: idOf(raw.group),
  health: oneOf(healthStatus.options, raw.health),
  agent: oneOf(agentStatus.options, raw.agent),
  patches: oneOf(patchesFilters, raw.patches),
  sort: oneOf(hostSort.options, raw.sort),
  dialog: raw.dialog === 'add' ? 'add' : undefined,
});

export const isFiltered = ({ q, group, health, agent, patches }: HostSearch): boolean =>
  [q, group, health, agent, patches].some((value) => value !== undefined);
