import type { ProbeReason } from '@patchgate/domain';
import { seesEverything } from '@patchgate/domain';
import type { Principal } from '../../platform/http/caller.js';

type Viewer = Pick<Principal, 'role'>;

interface Told {
  readonly reason: ProbeReason;
  readonly detail: string;
  readonly latency_ms: number;
}

const noTarget = {
  reason: 'dns',
  detail: 'the name does not resolve to an address that checks may connect to',
  // How long it took would tell the two apart.
  latency_ms: 0,
} as const;

/**
 * What a person is told of a result. To all but administrators, denied and unresolvable are the same words: a check
 * must not become a way to find out what is in the networks around the manager.
 */
export const wordsFor = <T extends Told>(viewer: Viewer, result: T): T =>
  isHiddenFrom(viewer, result.reason) ? { ...result, ...noTarget } : result;

export const isHiddenFrom = ({ role }: Viewer, reason: ProbeReason): boolean =>
  !seesEverything(role) && (reason === 'blocked' || reason === 'dns');
