import type { AgentCertificateView } from '@patchgate/contracts';

export type Ending = 'valid' | 'ending' | 'ended';

/** A sixth of its life is left: what is renewed by itself was renewed long before. The same as the check `certificates`. */
export function endingOf(
  { not_before: from, not_after: to }: Pick<AgentCertificateView, 'not_before' | 'not_after'>,
  nowMs: number,
): Ending {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (nowMs >= toMs) return 'ended';
  return toMs - nowMs < (toMs - fromMs) / 6 ? 'ending' : 'valid';
}
