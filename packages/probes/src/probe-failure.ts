import type { ProbeReason } from '@patchgate/domain';

/** A target that answered, but not as a healthy one does. */
export class ProbeFailure extends Error {
  override name = 'ProbeFailure';

  constructor(
    readonly reason: Exclude<ProbeReason, 'ok'>,
    message: string,
  ) {
    super(message);
  }
}
