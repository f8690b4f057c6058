import type { RevocationState } from '../tls/trust.js';

interface Abilities {
  readonly isRoot: boolean;
  readonly hasPackageSystem: boolean;
  readonly lookedFor: string;
  readonly hasSystemd: boolean;
  readonly revocation: RevocationState;
  readonly isAnybodyAllowed: boolean;
}

/** What the agent cannot do and why, in sentences for an administrator. */
export function shortcomings(abilities: Abilities): readonly string[] {
  return [
    ...(abilities.isRoot
      ? []
      : ['packages cannot be changed and the host cannot be restarted: the agent does not run as root']),
    ...(abilities.hasPackageSystem
      ? []
      : [`no supported package manager on this host (looked for: ${abilities.lookedFor})`]),
    ...(abilities.hasSystemd ? [] : ['services cannot be checked: systemd does not run this host']),
    ...(abilities.isAnybodyAllowed ? [] : ['nobody may connect: the list `allow` in agent.json is empty']),
    ...revocationText[abilities.revocation],
  ];
}

const revocationText: Readonly<Record<RevocationState, readonly string[]>> = {
  valid: [],
  missing: ['revoked certificates are not known yet: the list was never fetched from the manager'],
  expired: ['the list of revoked certificates is out of date'],
  invalid: ['nobody is let in: the list of revoked certificates is not signed by a known authority'],
};
