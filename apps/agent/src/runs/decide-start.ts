import type { RunOrder } from '@patchgate/contracts/agent';

interface Accepted {
  readonly order: RunOrder;
  readonly acceptedAt: string;
  readonly bootIdBefore: string | null;
  readonly acceptedUptimeSeconds: number;
}

interface HostTime {
  readonly now: Date;
  readonly bootId: string;
  readonly uptimeSeconds: number;
}

/**
 * Whether a run that was accepted may no longer start. Its age is taken by the wall clock and, in the same boot, by the
 * uptime too, which nobody can set back.
 */
export function isTooLate(run: Accepted, time: HostTime): boolean {
  if (time.now > new Date(run.order.not_after)) return true;
  const wallAgeMs = time.now.getTime() - new Date(run.acceptedAt).getTime();
  const isSameBoot = run.bootIdBefore === time.bootId;
  const bootAgeMs = isSameBoot ? (time.uptimeSeconds - run.acceptedUptimeSeconds - 1) * 1000 : 0;
  return Math.max(wallAgeMs, bootAgeMs) > run.order.valid_for_ms;
}
