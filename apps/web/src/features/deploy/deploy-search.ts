import { idOf, oneOf } from '../../lib/search-params.js';

export const deploySteps = ['hosts', 'packages', 'when', 'roll-out', 'review'] as const;
export type DeployStep = (typeof deploySteps)[number];

export interface DeploySearch {
  /** Without it: the hosts. */
  step?: DeployStep | undefined;
  /** A new order for this host, or for this group. */
  host?: string | undefined;
  group?: string | undefined;
}

export const parseDeploySearch = (raw: Record<string, unknown>): DeploySearch => ({
  step: oneOf(deploySteps, raw.step),
  host: idOf(raw.host),
  group: idOf(raw.group),
});

export const stepNames: Readonly<Record<DeployStep, string>> = {
  hosts: 'Hosts',
  packages: 'Packages',
  when: 'When',
  'roll-out': 'Roll-out',
  review: 'Review',
};
