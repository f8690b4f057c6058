import { retryJitterMs } from '@patchgate/domain';
import type { RunPolicy } from '@patchgate/domain';
import type { Config } from '../../config/config.schema.js';

/** Waited beyond what an order may take before its outcome counts as unknown. */
const graceMs = 5 * 60_000;
const followMs = 5_000;
const mostFollowMs = 60_000;

/** The times and limits of one run. */
export const policyOf = (
  { retryMs, ...limits }: Config['runs'],
  { runId, allowReboot }: { runId: string; allowReboot: boolean },
): RunPolicy => ({
  ...limits,
  ...{ retryMs, graceMs, followMs, mostFollowMs, allowReboot },
  jitterMs: retryJitterMs(runId, retryMs),
});
