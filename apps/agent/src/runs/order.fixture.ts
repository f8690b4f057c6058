import type { RunOrder, RunPayload } from '@patchgate/contracts/agent';
import { runPayloadText } from '@patchgate/contracts/agent';
import { createHash } from 'node:crypto';

/** A good order; what is not given is what most have. */
export function newOrder(given: Partial<RunOrder> = {}): RunOrder {
  const payload: RunPayload = {
    packages: given.packages ?? null,
    allow_reboot: given.allow_reboot ?? false,
    reboot_delay_seconds: given.reboot_delay_seconds ?? 0,
  };
  return {
    fence: 1,
    payload_sha256: createHash('sha256').update(runPayloadText(payload)).digest('hex'),
    ...payload,
    reboot_not_after: null,
    not_after: new Date(Date.now() + 3_600_000).toISOString(),
    valid_for_ms: 600_000,
    ...given,
  };
}
