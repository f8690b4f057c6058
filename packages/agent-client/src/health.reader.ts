import { z } from 'zod';
import { anything, optionalCount, optionalText, text } from './hostile-text.js';

const bootId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names only, so that one that is missing and one that is unreadable are alike: the agent cannot do it. */
const capabilities = anything.transform((given) =>
  Array.isArray(given)
    ? given
        .filter((name): name is string => typeof name === 'string' && /^[a-z-]{1,64}$/.test(name))
        .slice(0, 32)
    : [],
);

/** That an agent is there, and what it can do. What it says of its own health never says anything of the host's. */
export const healthReader = z
  .object({
    status: anything,
    version: text(64),
    uptime_seconds: optionalCount,
    capabilities,
    agent_epoch: optionalText(64),
    boot_id: optionalText(64),
    crl_status: optionalText(32),
  })
  .transform(({ boot_id, ...health }) => ({
    ...health,
    boot_id: boot_id !== null && bootId.test(boot_id) ? boot_id : null,
  }));
export type AgentHealthReading = z.output<typeof healthReader>;

/** Whether the agent takes runs under an id of ours, so that the same order twice is done once. */
export const takesRuns = ({ capabilities: names }: AgentHealthReading): boolean =>
  names.includes('idempotent-runs');
