import type { Behaviour } from './script.js';

type Patches = Behaviour['patches'];

/** What apt says while it upgrades these packages, a line a step. */
export function stepsOf(patches: Patches): string[] {
  const names = patches.map(({ name }) => name).join(' ');
  return [
    'Building dependency tree...',
    `The following packages will be upgraded: ${names}`,
    `${patches.length} upgraded, 0 newly installed, 0 to remove and 0 not upgraded.`,
    ...patches.map(({ name, available_version }) => `Get: ${name} ${available_version}`),
    ...patches.map(
      ({ name, current_version, available_version }) =>
        `Unpacking ${name} (${available_version}) over (${current_version}) ...`,
    ),
    ...patches.map(({ name, available_version }) => `Setting up ${name} (${available_version}) ...`),
  ];
}
