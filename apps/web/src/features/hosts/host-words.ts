import type { HostView } from '@patchgate/contracts';
import type { StateName } from '../../ui/states.js';
import type { AgentStatus } from './host-search.js';

const agentStates: Record<AgentStatus, StateName> = {
  connected: 'connected',
  unreachable: 'unreachable',
  not_enrolled: 'notEnrolled',
  refused: 'refused',
};

export const agentState = (status: AgentStatus): StateName => agentStates[status];

/** `Debian 12.13`, or null while the agent has not told. */
export const systemOf = ({ os, os_version: version }: Pick<HostView, 'os' | 'os_version'>): string | null =>
  os === null ? null : [os, version].filter((part) => part !== null).join(' ');

/** `2 of 5 fail`, said beside the state; null where there is nothing to add. */
export function checksSummary({
  total,
  healthy,
  unhealthy,
  unknown,
}: HostView['health_checks']): string | null {
  if (total === 0) return null;
  if (unhealthy > 0) return `${unhealthy} of ${total} fail`;
  if (unknown > 0) return `${unknown} of ${total} without a fresh result`;
  return `${healthy} of ${total} pass`;
}
